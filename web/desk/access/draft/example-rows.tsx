import type { AccessRule, RuleExample } from '../../../api/access.ts'
import { resultOf, type ExampleResult } from './findings.ts'
import type { DraftWork } from './use-draft.ts'
import { useDraftWords } from './words.ts'

const localOf = (at: string): string => at.slice(0, 16)

/** The rule's own tests: each with what it expects and what came out at the last save. */
export function ExampleRows({ work, rule, chosen, onChange }: { work: DraftWork; rule: AccessRule; chosen: number | null; onChange: (examples: readonly RuleExample[]) => void }) {
  const t = useDraftWords()
  const { ruleSet, mayWrite } = work
  const { examples } = rule
  const add = () => onChange([...examples, {
    title: t('new-example'), vehicle: ruleSet.vehicleClasses[0]?.code ?? '', at: `${new Date(Date.parse(work.saved.updatedAt) + 86_400_000).toISOString().slice(0, 10)}T08:00:00+08:00`,
    ...(ruleSet.zones[0] && { zone: rule.zones.find((code) => code !== '*') ?? ruleSet.zones[0].code }), expect: { allowed: rule.effect === 'allowed' || rule.effect === 'limited', rule: rule.code },
  }])
  const heads = ['example-title', 'example-result', 'example-vehicle', 'example-at', 'example-zone', 'example-expect', 'example-by'] as const
  return (
    <>
      <div className="table-scroll">
        <table className="table compact example-table">
          <thead><tr>{heads.map((head) => <th key={head} scope="col">{t(head)}</th>)}<th /></tr></thead>
          <tbody>
            {examples.map((example, at) => (
              <tr key={at} className={chosen === at ? 'selected' : undefined}>
                <td><input className="plain-input" aria-label={t('example-title')} disabled={!mayWrite} value={example.title} onChange={(event) => onChange(examples.with(at, { ...example, title: event.target.value }))} /></td>
                <td><Result result={resultOf(example, at, rule.code, work.saved)} /></td>
                <ExampleCells work={work} example={example} onChange={(change) => onChange(examples.with(at, change))} />
                <td>{mayWrite ? <button type="button" className="link-button" onClick={() => onChange(examples.toSpliced(at, 1))}>{t('remove')}</button> : null}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {mayWrite ? <p><button type="button" className="button small" onClick={add}>{t('add-example')}</button></p> : null}
    </>
  )
}

function ExampleCells({ work: { ruleSet, mayWrite }, example, onChange }: { work: DraftWork; example: RuleExample; onChange: (example: RuleExample) => void }) {
  const t = useDraftWords()
  const { expect } = example
  const by = expect.rule === undefined ? '' : expect.rule === null ? '-' : expect.rule
  const chooseZone = (zone: string) => {
    const { point: _, ...rest } = example
    onChange({ ...rest, zone })
  }
  const chooseRule = (value: string) => {
    const { rule: _, ...rest } = expect
    onChange({ ...example, expect: value === '' ? rest : { ...rest, rule: value === '-' ? null : value } })
  }
  const chooseAllowed = (allowed: boolean) => {
    // an effect said before need not agree with the new answer
    const { effect: _, ...rest } = expect
    onChange({ ...example, expect: { ...rest, allowed } })
  }
  const shared = { disabled: !mayWrite, className: 'plain-select' }
  return (
    <>
      <td><select {...shared} aria-label={t('example-vehicle')} value={example.vehicle} onChange={(event) => onChange({ ...example, vehicle: event.target.value })}>{ruleSet.vehicleClasses.map(({ code, title }) => <option key={code} value={code}>{title}</option>)}</select></td>
      <td><input type="datetime-local" className="plain-input" aria-label={t('example-at')} disabled={!mayWrite} value={localOf(example.at)} onChange={(event) => (event.target.value ? onChange({ ...example, at: `${event.target.value.slice(0, 16)}:00+08:00` }) : undefined)} /></td>
      <td>
        <select {...shared} aria-label={t('example-zone')} value={example.point ? 'point' : (example.zone ?? '')} onChange={(event) => chooseZone(event.target.value)}>
          {example.point ? <option value="point">{t('example-point', example.point)}</option> : example.zone ? null : <option value="" />}
          {ruleSet.zones.map(({ code, title }) => <option key={code} value={code}>{title}</option>)}
        </select>
      </td>
      <td><select {...shared} aria-label={t('example-expect')} value={String(expect.allowed)} onChange={(event) => chooseAllowed(event.target.value === 'true')}><option value="true">{t('example-allowed')}</option><option value="false">{t('example-barred')}</option></select></td>
      <td><select {...shared} aria-label={t('example-by')} value={by} onChange={(event) => chooseRule(event.target.value)}><option value="">{t('example-by-any')}</option><option value="-">{t('example-by-none')}</option>{ruleSet.rules.map(({ code, title }) => <option key={code} value={code}>{title}</option>)}</select></td>
    </>
  )
}

function Result({ result }: { result: ExampleResult }) {
  const t = useDraftWords()
  if (result.state === 'holds') return <span className="met">{t('example-holds')}</span>
  if (result.state === 'fails') return <span className="example-fails">{t('example-fails', { why: result.why })}</span>
  return <span className="secondary">{t(result.state === 'waits' ? 'example-waits' : 'example-not-run')}</span>
}
