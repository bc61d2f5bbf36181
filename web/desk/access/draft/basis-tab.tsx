import type { ReactNode } from 'react'
import type { Notice, RuleSet } from '../../../api/access.ts'
import { Section } from '../../../shared/page.tsx'
import { factChoices } from '../../../shared/rules/describe.ts'
import { freeCode, usesOf, type BasisList } from './edits.ts'
import { SpanRows } from './span-rows.tsx'
import type { DraftWork } from './use-draft.ts'
import { Checks } from './vehicle-groups.tsx'
import { useDraftWords } from './words.ts'

/** Notices, named periods, kinds of passes and vehicle classes: what the rules refer to. */
export function BasisTab({ work }: { work: DraftWork }) {
  const t = useDraftWords()
  const { ruleSet, mayWrite } = work
  const set = <List extends BasisList>(list: List, next: RuleSet[List], key?: string) => work.change((before) => ({ ...before, [list]: next }), key)
  const changeNotice = (at: number, change: Partial<Notice>, key: string) => set('notices', ruleSet.notices.with(at, { ...ruleSet.notices[at]!, ...change }), `notice/${at}/${key}`)
  return (
    <fieldset disabled={!mayWrite} className="basis">
      <label className="field-line">{t('rule-set-title')}<input className="plain-input" value={ruleSet.title} onChange={(event) => work.change((before) => ({ ...before, title: event.target.value }), 'title')} /></label>
      <Section title={t('notices')}>
        {ruleSet.notices.map((notice, at) => (
          <div key={notice.code} className="basis-row">
            <Field label={t('title')} value={notice.title} wide onChange={(title) => changeNotice(at, { title }, 'title')} />
            <Field label={t('notice-number')} value={notice.number ?? ''} onChange={(number) => changeNotice(at, { number: number || null }, 'number')} />
            <Field label={t('notice-authority')} value={notice.authority} onChange={(authority) => changeNotice(at, { authority }, 'authority')} />
            <Field label={t('notice-source')} value={notice.source} wide onChange={(source) => changeNotice(at, { source }, 'source')} />
            <Remove work={work} list="notices" code={notice.code} />
          </div>
        ))}
        <Add onClick={() => set('notices', [...ruleSet.notices, { code: freeCode('N', ruleSet.notices), number: null, title: t('new-notice'), authority: ruleSet.notices[0]?.authority ?? '', source: ruleSet.notices[0]?.source ?? '' }])}>{t('add-notice')}</Add>
      </Section>
      <Section title={t('named-periods')}>
        {ruleSet.periods.map((period, at) => (
          <div key={period.code} className="basis-row">
            <Field label={t('title')} value={period.title} onChange={(title) => set('periods', ruleSet.periods.with(at, { ...period, title }), `period/${at}`)} />
            <div><SpanRows spans={period.spans} disabled={!mayWrite} onChange={(spans) => set('periods', ruleSet.periods.with(at, { ...period, spans }))} /></div>
            <Remove work={work} list="periods" code={period.code} />
          </div>
        ))}
        <Add onClick={() => set('periods', [...ruleSet.periods, { code: freeCode('period', ruleSet.periods), title: t('new-period'), spans: [], openQuestions: [] }])}>{t('add-period')}</Add>
      </Section>
      <Section title={t('pass-kinds')}>
        {ruleSet.passes.map((pass, at) => <div key={pass.code} className="basis-row"><Field label={t('title')} value={pass.title} wide onChange={(title) => set('passes', ruleSet.passes.with(at, { ...pass, title }), `pass/${at}`)} /><Remove work={work} list="passes" code={pass.code} /></div>)}
        <Add onClick={() => set('passes', [...ruleSet.passes, { code: freeCode('pass', ruleSet.passes), title: t('new-pass') }])}>{t('add-pass')}</Add>
      </Section>
      <Classes work={work} />
    </fieldset>
  )
}

const Add = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => <p><button type="button" className="button small" onClick={onClick}>{children}</button></p>

/** What nothing refers to may go; of notices and classes one stays. */
function Remove({ work, list, code }: { work: DraftWork; list: BasisList; code: string }) {
  const t = useDraftWords()
  const uses = usesOf(work.ruleSet, list, code)
  if (uses > 0) return <span className="secondary small">{t('in-use', { count: uses })}</span>
  if (work.ruleSet[list].length === 1 && (list === 'notices' || list === 'vehicleClasses')) return null
  return <button type="button" className="link-button" onClick={() => work.change((before) => ({ ...before, [list]: before[list].filter((each) => each.code !== code) }))}>{t('remove')}</button>
}

const Field = ({ label, value, wide, onChange }: { label: string; value: string; wide?: boolean; onChange: (value: string) => void }) => (
  <label className={wide ? 'basis-field wide' : 'basis-field'}>{label}<input className="plain-input" value={value} onChange={(event) => onChange(event.target.value)} /></label>
)

/** Vehicle classes by their facts; what is not said of one counts against it where a rule asks. */
function Classes({ work }: { work: DraftWork }) {
  const t = useDraftWords()
  const { ruleSet } = work
  const set = (next: RuleSet['vehicleClasses'], key?: string) => work.change((before) => ({ ...before, vehicleClasses: next }), key)
  return (
    <Section title={t('classes')}>
      {ruleSet.vehicleClasses.map((each, at) => {
        const { facts } = each
        const change = (part: Record<string, unknown>, key: string) => set(ruleSet.vehicleClasses.with(at, { ...each, facts: { ...facts, ...part } }), `class/${at}/${key}`)
        const passes = Array.isArray(facts['passes']) ? (facts['passes'] as string[]) : []
        return (
          <div key={each.code} className="basis-row">
            <Field label={t('title')} value={each.title} wide onChange={(title) => set(ruleSet.vehicleClasses.with(at, { ...each, title }), `class/${at}`)} />
            {(['category', 'energy', 'body'] as const).map((field) => (
              <label key={field} className="basis-field">{t(field)}
                <select className="plain-select" value={String(facts[field] ?? '')} onChange={(event) => change({ [field]: event.target.value || null }, field)}>
                  <option value="">{t('unknown')}</option>
                  {factChoices(field).map(({ code, title }) => <option key={code} value={code}>{title}</option>)}
                </select>
              </label>
            ))}
            <label className="basis-field">{t('mass')}<input className="plain-input short" inputMode="numeric" value={String(facts['grossMassKg'] ?? '')} onChange={(event) => change({ grossMassKg: Number(event.target.value) > 0 ? Number(event.target.value) : null }, 'mass')} /></label>
            {ruleSet.passes.length > 0 ? <Checks title={t('holds-pass')} choices={ruleSet.passes} chosen={passes} onToggle={(code) => change({ passes: passes.includes(code) ? passes.filter((held) => held !== code) : [...passes, code] }, 'passes')} /> : null}
            <Remove work={work} list="vehicleClasses" code={each.code} />
          </div>
        )
      })}
      <Add onClick={() => set([...ruleSet.vehicleClasses, { code: freeCode('class', ruleSet.vehicleClasses), title: t('new-class'), facts: { category: 'delivery-truck' } }])}>{t('add-class')}</Add>
    </Section>
  )
}
