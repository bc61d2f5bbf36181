import { useEffect, useRef, type ReactNode } from 'react'
import { effects, type AccessRule, type Effect } from '../../../api/access.ts'
import { useRuleWords } from '../../../shared/rules/words.ts'
import { isPriority } from './columns.ts'
import { withRule } from './edits.ts'
import { ExampleRows } from './example-rows.tsx'
import { NumberField } from './number-field.tsx'
import { SpanRows } from './span-rows.tsx'
import type { DraftWork } from './use-draft.ts'
import { Checks, VehicleGroups } from './vehicle-groups.tsx'
import { useDraftWords } from './words.ts'

/** A part of the form, to which the table and the findings lead; `turn` changes with every visit. */
export interface FormVisit {
  readonly part: string
  readonly example: number | null
  readonly turn: number
}

const localOf = (at: string | null): string => at?.slice(0, 16) ?? ''
const instantOf = (local: string): string | null => (local ? `${local.slice(0, 16)}:00+08:00` : null)

/** Everything one rule says, part by part. */
export function RuleForm({ work, at, visit }: { work: DraftWork; at: number; visit: FormVisit | null }) {
  const t = useDraftWords()
  const rule = work.ruleSet.rules[at]!
  const form = useRef<HTMLDivElement>(null)
  const change = (part: Partial<AccessRule>, key?: string) => work.change(withRule(at, part), key && `${rule.code}/${key}`)
  useEffect(() => {
    if (!visit) return
    const part = form.current?.querySelector<HTMLElement>(`[data-part="${visit.part}"]`) ?? form.current
    part?.scrollIntoView({ block: 'nearest' })
    part?.querySelector<HTMLElement>('input, select, textarea, button')?.focus()
  }, [visit])
  const disabled = !work.mayWrite
  return (
    <div className="rule-form" ref={form}>
      <h3>{t('form-of', { title: rule.title, code: rule.code })}</h3>
      <div className="rule-form-columns">
        <div>
          <Part name="times" title={t('times')}>
            <SpanRows key={rule.code} spans={rule.times} disabled={disabled} onChange={(times) => change({ times })} />
            {work.ruleSet.periods.length > 0 ? <Checks title={t('periods')} choices={work.ruleSet.periods} chosen={rule.periods} onToggle={(code) => change({ periods: toggled(rule.periods, code) })} /> : null}
          </Part>
          <Part name="vehicles" title={t('vehicles')}><VehicleGroups key={rule.code} matches={rule.vehicles} passes={work.ruleSet.passes} needsOne disabled={disabled} onChange={(vehicles) => change({ vehicles })} /></Part>
          <Part name="exceptions" title={t('exceptions')}><VehicleGroups key={rule.code} matches={rule.exceptions} passes={work.ruleSet.passes} needsOne={false} disabled={disabled} onChange={(exceptions) => change({ exceptions })} /></Part>
        </div>
        <fieldset disabled={disabled} className="rule-words">
          <EffectFields work={work} rule={rule} onChange={change} />
          <NoticeFields work={work} rule={rule} onChange={change} />
        </fieldset>
      </div>
      <Part name="examples" title={t('examples')}><ExampleRows work={work} rule={rule} chosen={visit?.example ?? null} onChange={(examples) => change({ examples }, 'examples')} /></Part>
    </div>
  )
}

const toggled = (list: readonly string[], code: string): string[] => (list.includes(code) ? list.filter((each) => each !== code) : [...list, code])

const Part = ({ name, title, children }: { name: string; title: string; children: ReactNode }) => (
  <section data-part={name} className="rule-part"><h4>{title}</h4>{children}</section>
)

interface FieldsProps {
  readonly work: DraftWork
  readonly rule: AccessRule
  readonly onChange: (part: Partial<AccessRule>, key?: string) => void
}

function EffectFields({ work, rule, onChange }: FieldsProps) {
  const t = useDraftWords()
  const words = useRuleWords()
  return (
    <div data-part="effect" className="rule-part">
      <label className="field-line">{t('effect')}<select className="plain-select" value={rule.effect} onChange={(event) => onChange({ effect: event.target.value as Effect })}>{effects.map((effect) => <option key={effect} value={effect}>{words(`effect-${effect}`)}</option>)}</select></label>
      {rule.effect === 'pass-needed' || rule.passes.length > 0 ? <div data-part="passes"><Checks title={t('passes')} choices={work.ruleSet.passes} chosen={rule.passes} onToggle={(code) => onChange({ passes: toggled(rule.passes, code) })} /></div> : null}
      {rule.effect === 'limited' || rule.limit ? <label className="field-line" data-part="limit">{t('limit')}<textarea rows={2} value={rule.limit ?? ''} onChange={(event) => onChange({ limit: event.target.value || null }, 'limit')} /></label> : null}
      <NumberField key={rule.code} label={t('priority')} value={rule.priority} isAllowed={isPriority} onChange={(priority) => onChange({ priority })} />
      <label className="field-line">{t('valid-from')}<input className="plain-input" type="datetime-local" value={localOf(rule.effectiveFrom)} onChange={(event) => onChange({ effectiveFrom: instantOf(event.target.value) })} /></label>
      <label className="field-line" data-part="effectiveTo">{t('valid-to')}<input className="plain-input" type="datetime-local" value={localOf(rule.effectiveTo)} onChange={(event) => onChange({ effectiveTo: instantOf(event.target.value) })} /></label>
    </div>
  )
}

function NoticeFields({ work, rule, onChange }: FieldsProps) {
  const t = useDraftWords()
  const { notice } = rule
  return (
    <div data-part="notice" className="rule-part">
      <label className="field-line">{t('notice')}<select className="plain-select" value={notice.code} onChange={(event) => onChange({ notice: { ...notice, code: event.target.value } })}>{work.ruleSet.notices.map(({ code, title }) => <option key={code} value={code}>{title}</option>)}</select></label>
      <label className="field-line">{t('clause')}<input className="plain-input" value={notice.clause} onChange={(event) => onChange({ notice: { ...notice, clause: event.target.value } }, 'clause')} /></label>
      <label className="field-line">{t('text')}<textarea rows={4} value={notice.text} onChange={(event) => onChange({ notice: { ...notice, text: event.target.value } }, 'text')} /></label>
      {rule.openQuestions.length > 0 ? <p className="answer-note">{rule.openQuestions.join('；')}</p> : null}
    </div>
  )
}
