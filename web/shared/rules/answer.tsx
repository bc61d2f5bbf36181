import type { Answer, DecidedBy } from '../../api/access.ts'
import { momentInText } from '../format.ts'
import { EffectSign } from './effect.tsx'
import { useRuleWords, type ruleWords } from './words.ts'

/** `yes` or `no` in one sentence. */
function useVerdict({ allowed, effect, passes, limit }: Omit<Answer, 'at'>, passTitles: Readonly<Record<string, string>>): string {
  const t = useRuleWords()
  const named = passes.map((code) => passTitles[code] ?? code).join('、')
  if (effect === 'pass-needed') return t(allowed ? 'yes-pass' : 'no-pass', { passes: named })
  if (effect === 'limited' && limit) return t('yes-limited', { limit })
  return t(allowed ? 'yes' : 'no')
}

/** An answer as one would say it at a window: yes or no, until when, which words of which notice. */
export function AnswerText({ answer, passTitles = {} }: { answer: Omit<Answer, 'at'>; passTitles?: Readonly<Record<string, string>> }) {
  const t = useRuleWords()
  const verdict = useVerdict(answer, passTitles)
  return (
    <div className={answer.allowed ? 'answer answer-yes' : 'answer answer-no'}>
      <p className="answer-verdict"><EffectSign effect={answer.effect} size={20} /> <b>{verdict}</b></p>
      <p>
        {answer.from ? `${t('since', { at: momentInText(answer.from) })}，` : ''}
        {answer.until ? t('until', { at: momentInText(answer.until) }) : t('no-end')}
      </p>
      {answer.allowed ? null : <p className="answer-next">{answer.nextAllowed ? t('next', { at: momentInText(answer.nextAllowed) }) : t('next-none')}</p>}
      <Because decidedBy={answer.decidedBy} />
      {answer.assumed.length > 0 ? <p className="answer-note">{t('assumed', { facts: answer.assumed.map((fact) => t(`fact-${fact}` as keyof typeof ruleWords)).join('、') })}</p> : null}
      {answer.beyondCalendar ? <p className="answer-note">{t('beyond-calendar', { day: answer.beyondCalendar })}</p> : null}
    </div>
  )
}

/** The deciding notice with its own words. */
export function Because({ decidedBy }: { decidedBy: DecidedBy | null }) {
  const t = useRuleWords()
  if (!decidedBy) return <p>{t('no-rule')}</p>
  const { noticeTitle, notice, clause, authority, text } = decidedBy
  return (
    <div className="because">
      <p className="secondary small">{t('because')}：{decidedBy.zone ? `${decidedBy.zone.title} · ` : ''}{decidedBy.title}</p>
      <blockquote>{text}</blockquote>
      <p className="small">{authority}《{noticeTitle}》{notice ?? t('no-number')}{clause ? `　${t('clause', { clause })}` : ''}</p>
    </div>
  )
}
