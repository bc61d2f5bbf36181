import { EmptyState } from '../../../shared/states.tsx'
import { addRule, deleteRule } from './edits.ts'
import { RuleForm, type FormVisit } from './rule-form.tsx'
import { RuleGrid } from './rule-grid.tsx'
import type { DraftWork } from './use-draft.ts'
import { useDraftWords } from './words.ts'

interface RulesTabProps {
  readonly work: DraftWork
  /** code of the rule in hand */
  readonly chosen: string | null
  readonly onChoose: (code: string) => void
  readonly visit: FormVisit | null
  readonly onVisit: (visit: FormVisit) => void
}

/** The table of rules, and below it everything the chosen one says. */
export function RulesTab({ work, chosen, onChoose, visit, onVisit }: RulesTabProps) {
  const t = useDraftWords()
  const { rules } = work.ruleSet
  const row = Math.max(0, rules.findIndex(({ code }) => code === chosen))
  const choose = (at: number) => (rules[at] && rules[at].code !== chosen ? onChoose(rules[at].code) : undefined)
  const add = (copy: boolean) => {
    const step = addRule(rules.length === 0 ? -1 : row, { title: copy && rules[row] ? t('copied', { title: rules[row].title }) : t('new-rule'), copy })
    const made = step(work.ruleSet).rules[rules.length === 0 ? 0 : row + 1]
    work.change(step)
    if (made) onChoose(made.code)
  }
  const remove = () => {
    const next = rules[row + 1] ?? rules[row - 1]
    work.change(deleteRule(row))
    if (next) onChoose(next.code)
  }
  return (
    <>
      <div className="toolbar">
        <p className="secondary small grid-keys">{t('grid-keys')}</p>
        {work.mayWrite ? (
          <div className="actions">
            <button type="button" className="button small" onClick={() => add(false)}>{t('add-rule')}</button>
            {rules.length > 0 ? <><button type="button" className="button small" onClick={() => add(true)}>{t('copy-rule')}</button><button type="button" className="button small" onClick={remove}>{t('delete-rule')}</button></> : null}
          </div>
        ) : null}
      </div>
      {rules.length === 0 ? <EmptyState title={t('no-rules')} /> : (
        <>
          <RuleGrid work={work} row={row} onRow={choose} onForm={(part) => onVisit({ part, example: null, turn: (visit?.turn ?? 0) + 1 })} onAdd={() => add(false)} />
          <RuleForm work={work} at={row} visit={visit} />
        </>
      )}
    </>
  )
}
