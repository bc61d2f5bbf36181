import { Fragment, useState } from 'react'
import type { AccessRule, RuleSet } from '../../api/access.ts'
import { minuteText } from '../../shared/format.ts'
import { spansText, vehiclesInWords } from '../../shared/rules/describe.ts'
import { EffectMark } from '../../shared/rules/effect.tsx'
import { useRuleWords } from '../../shared/rules/words.ts'
import { titlesOf } from './titles.ts'
import { useAccessWords } from './words.ts'

interface RuleTableProps {
  readonly ruleSet: RuleSet
  /** code of the zone chosen on the map; its rules are marked */
  readonly zone: string | null
  /** codes of the rules that decide somewhere at the instant looked at */
  readonly deciding: ReadonlySet<string>
  readonly onChooseZone: (code: string) => void
}

/** Every rule in a row, the zone's own marked; a rule opens to the words of its notice. */
export function RuleTable({ ruleSet, zone, deciding, onChooseZone }: RuleTableProps) {
  const t = useAccessWords()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (code: string) => setOpen((before) => new Set(before.has(code) ? [...before].filter((each) => each !== code) : [...before, code]))
  const heads = ['zone', 'rule', 'vehicles', 'times', 'effect', 'notice', 'priority'] as const
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('rules-table')}>
      <table className="table rule-table">
        <thead>
          <tr>{heads.map((head) => <th key={head} scope="col" className={head === 'priority' ? 'numeric' : undefined}>{t(head)}</th>)}</tr>
        </thead>
        <tbody>
          {ruleSet.rules.map((rule) => (
            <Fragment key={rule.code}>
              <RuleRow rule={rule} ruleSet={ruleSet} isOpen={open.has(rule.code)} isOfZone={zone !== null && (rule.zones.includes(zone) || rule.zones.includes('*'))} decides={deciding.has(rule.code)} onToggle={() => toggle(rule.code)} onChooseZone={onChooseZone} />
              {open.has(rule.code) ? <tr className="rule-open"><td colSpan={heads.length}><RuleWords rule={rule} ruleSet={ruleSet} /></td></tr> : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RuleRowProps {
  readonly rule: AccessRule
  readonly ruleSet: RuleSet
  readonly isOpen: boolean
  readonly isOfZone: boolean
  readonly decides: boolean
  readonly onToggle: () => void
  readonly onChooseZone: (code: string) => void
}

function RuleRow({ rule, ruleSet, isOpen, isOfZone, decides, onToggle, onChooseZone }: RuleRowProps) {
  const t = useAccessWords()
  const words = useRuleWords()
  const notice = ruleSet.notices.find(({ code }) => code === rule.notice.code)
  const periods = rule.periods.map((code) => titlesOf(ruleSet.periods)[code] ?? code)
  return (
    <tr className={isOfZone ? 'selected' : undefined} data-rule={rule.code}>
      <td>{rule.zones.map((code) => (code === '*' ? <span key={code}>{words('everywhere')}</span> : <button key={code} type="button" className="link-button rule-zone" onClick={() => onChooseZone(code)}>{titlesOf(ruleSet.zones)[code] ?? code}</button>))}</td>
      <td>
        <button type="button" className="link-button" aria-expanded={isOpen} onClick={onToggle}>{rule.title}</button>
        {decides ? <span className="tag tag-attention rule-decides">{t('deciding')}</span> : null}
      </td>
      <td>{vehiclesInWords(rule, titlesOf(ruleSet.passes), words)}</td>
      <td>{[spansText(rule.times), ...periods].filter(Boolean).join('；')}</td>
      <td><EffectMark effect={rule.effect} /></td>
      <td>{notice?.number ?? '—'}<br /><span className="secondary small">{rule.notice.clause ? words('clause', { clause: rule.notice.clause }) : ''}</span></td>
      <td className="numeric">{rule.priority}</td>
    </tr>
  )
}

/** The notice in its own words, and what else the rule says. */
function RuleWords({ rule, ruleSet }: { rule: AccessRule; ruleSet: RuleSet }) {
  const t = useAccessWords()
  const notice = ruleSet.notices.find(({ code }) => code === rule.notice.code)
  const pairs: [string, string][] = [
    [t('text'), rule.notice.text],
    [t('notice'), `${notice?.authority ?? ''}《${notice?.title ?? rule.notice.code}》${notice?.number ?? ''}`],
    ...(rule.limit ? [[t('limit'), rule.limit] as [string, string]] : []),
    ...(rule.passes.length > 0 ? [[t('passes'), rule.passes.map((code) => titlesOf(ruleSet.passes)[code] ?? code).join('、')] as [string, string]] : []),
    ...(rule.effectiveFrom || rule.effectiveTo ? [[t('valid-dates'), t('from-to', { from: rule.effectiveFrom ? minuteText(rule.effectiveFrom) : '—', to: rule.effectiveTo ? minuteText(rule.effectiveTo) : t('open-end') })] as [string, string]] : []),
    [t('examples'), t('example-count', { count: rule.examples.length, titles: rule.examples.map(({ title }) => title).join('、') })],
    ...(rule.openQuestions.length > 0 ? [[t('open-questions'), rule.openQuestions.join('；')] as [string, string]] : []),
  ]
  return <dl className="pairs">{pairs.map(([name, value]) => <Fragment key={name}><dt>{name}</dt><dd>{value}</dd></Fragment>)}</dl>
}
