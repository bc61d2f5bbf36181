import type { AskedQuestion } from '../../api/programme.ts'
import { Section } from '../../shared/page.tsx'
import { useProgrammeWords } from './words.ts'

/** What the plan leaves open, as such, with who must answer. */
export function QuestionList({ questions }: { questions: readonly AskedQuestion[] }) {
  const t = useProgrammeWords()
  return (
    <ul className="questions">
      {questions.map(({ id, question, askUnit, clause }) => (
        <li key={id}>
          <span className="tag tag-attention">{id}</span> {question}
          <div className="secondary small">{askUnit ? t('ask', { unit: askUnit }) : t('ask-nobody')}　{t('clause', { clause })}</div>
        </li>
      ))}
    </ul>
  )
}

export function Questions({ questions }: { questions: readonly AskedQuestion[] }) {
  const t = useProgrammeWords()
  if (questions.length === 0) return null
  return <Section title={t('open-questions')}><QuestionList questions={questions} /></Section>
}
