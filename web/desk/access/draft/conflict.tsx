import { useMemo, useState } from 'react'
import type { Difference, RuleSet, ZoneGeometry } from '../../../api/access.ts'
import { momentInText } from '../../../shared/format.ts'
import { useValueInWords } from '../diff-view.tsx'
import { useAccessWords, type accessWords } from '../words.ts'
import { changesOf, mergeRuleSets, type Clash } from './merge.ts'
import { useDraftWords } from './words.ts'
import { linesOf } from './zone-paths.ts'

interface ConflictProps {
  readonly title: string
  readonly base: RuleSet
  readonly mine: RuleSet
  readonly theirs: RuleSet
  readonly onMerge: (merged: RuleSet) => void
  readonly onTakeTheirs?: () => void
}

/** Two people's work side by side: what each did, what both touched, and the way out of it. */
export function ConflictPanel({ title, base, mine, theirs, onMerge, onTakeTheirs }: ConflictProps) {
  const t = useDraftWords()
  const [choices, setChoices] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({})
  const { ruleSet, clashes } = useMemo(() => mergeRuleSets(base, mine, theirs, choices), [base, mine, theirs, choices])
  return (
    <section className="conflict" role="alertdialog" aria-label={title}>
      <h3>{title}</h3>
      <p>{t('conflict-note')}</p>
      <div className="conflict-sides">
        <Side title={t('conflict-mine')} changes={changesOf(base, mine)} />
        <Side title={t('conflict-theirs')} changes={changesOf(base, theirs)} />
      </div>
      {clashes.length > 0 ? (
        <>
          <h4>{t('conflict-choose')}</h4>
          {clashes.map((clash) => <ClashChoice key={clash.id} clash={clash} ruleSet={ruleSet} side={choices[clash.id] ?? 'mine'} onChoose={(side) => setChoices({ ...choices, [clash.id]: side })} />)}
        </>
      ) : null}
      <div className="actions">
        <button type="button" className="button primary" onClick={() => onMerge(ruleSet)}>{t('merge')}</button>
        {onTakeTheirs ? <button type="button" className="button" onClick={onTakeTheirs}>{t('take-theirs')}</button> : null}
      </div>
    </section>
  )
}

export const conflictTitle = (t: ReturnType<typeof useDraftWords>, by: string, at: string): string => t('conflict-title', { by, at: momentInText(at) })

function Side({ title, changes }: { title: string; changes: readonly Difference[] }) {
  const t = useDraftWords()
  const words = useAccessWords()
  return (
    <div>
      <h4>{title}</h4>
      {changes.length === 0 ? <p className="secondary">{t('conflict-none')}</p> : (
        <ul>{changes.map(({ what, code, title: name, kind, fields }) => <li key={`${what}/${code}`}>{words(`diff-${kind}`)}{words(`what-${what}`)}“{name}”{fields.length > 0 ? `：${fields.map(({ field }) => words(`field-${field}` as keyof typeof accessWords)).join('、')}` : ''}</li>)}</ul>
      )}
    </div>
  )
}

function ClashChoice({ clash, ruleSet, side, onChoose }: { clash: Clash; ruleSet: RuleSet; side: 'mine' | 'theirs'; onChoose: (side: 'mine' | 'theirs') => void }) {
  const t = useDraftWords()
  const words = useAccessWords()
  const say = useValueInWords(ruleSet)
  const value = (of: unknown) => (clash.field === null ? t(of === null ? 'conflict-removed' : 'conflict-kept') : clash.field === 'geometry' ? t('zone-points', { count: of ? linesOf(of as ZoneGeometry).reduce((sum, line) => sum + line.length, 0) : 0 }) : say(clash.field, of))
  return (
    <fieldset className="clash">
      <legend>{words(`what-${clash.what}`)}“{clash.title}” {clash.field === null ? '' : words(`field-${clash.field}` as keyof typeof accessWords)}</legend>
      {(['mine', 'theirs'] as const).map((each) => (
        <label key={each}><input type="radio" name={clash.id} checked={side === each} onChange={() => onChoose(each)} /> {t(`conflict-${each}`)}：{value(clash[each])}</label>
      ))}
    </fieldset>
  )
}
