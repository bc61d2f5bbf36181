import { Fragment, useMemo } from 'react'
import type { AccessRule, Difference, Effect, RuleDiff, RuleExample, RuleSet, TimeSpan, VehicleMatch } from '../../api/access.ts'
import { momentInText } from '../../shared/format.ts'
import { LazyZoneMap } from '../../shared/map/lazy-zone-map.tsx'
import type { MapZone } from '../../shared/map/zone-map-types.ts'
import { Section } from '../../shared/page.tsx'
import { spansText, vehiclesInWords } from '../../shared/rules/describe.ts'
import { useRuleWords } from '../../shared/rules/words.ts'
import { EmptyState } from '../../shared/states.tsx'
import { areaOf } from './drawn-areas.ts'
import { titlesOf } from './titles.ts'
import { useAccessWords, type accessWords } from './words.ts'

/** A field's value as one would read it out: hours, vehicles, effects in words, never as data. */
export function useValueInWords(ruleSet: Pick<RuleSet, 'zones' | 'passes' | 'periods' | 'notices'>): (field: string, value: unknown) => string {
  const t = useAccessWords()
  const words = useRuleWords()
  const named = (list: RuleSet['zones'] | RuleSet['passes'] | RuleSet['periods']) => (value: unknown) => (value as string[]).map((code) => (code === '*' ? words('everywhere') : (titlesOf(list)[code] ?? code))).join('、')
  const matches = (value: unknown) => vehiclesInWords({ vehicles: value as VehicleMatch[], exceptions: [] }, titlesOf(ruleSet.passes), words)
  const spans = (value: unknown) => spansText(value as TimeSpan[])
  const examples = (value: unknown) => t('example-count', { count: (value as RuleExample[]).length, titles: (value as RuleExample[]).map(({ title, at }) => `${title}（${at.slice(0, 16).replace('T', ' ')}）`).join('、') })
  const notice = (value: unknown) => {
    const { code, clause, text } = value as AccessRule['notice']
    return `《${ruleSet.notices.find((each) => each.code === code)?.title ?? code}》${clause ? words('clause', { clause }) : ''}：${text}`
  }
  const table: Readonly<Record<string, (value: unknown) => string>> = {
    zones: named(ruleSet.zones), passes: named(ruleSet.passes), periods: named(ruleSet.periods), times: spans, spans, vehicles: matches, exceptions: matches, examples, notice,
    effect: (value) => words(`effect-${value as Effect}`), effectiveFrom: (value) => momentInText(String(value)), effectiveTo: (value) => momentInText(String(value)), geometry: () => '',
    facts: (value) => Object.entries(value as object).filter(([, each]) => each !== null && !(Array.isArray(each) && each.length === 0)).map(([, each]) => String(each)).join(' '),
  }
  return (field, value) => {
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return t('diff-nothing')
    return table[field]?.(value) ?? (Array.isArray(value) ? value.join('；') : String(value))
  }
}

/** What changes from one rule set to another: thing by thing in words, redrawn zones on the map. */
export function DiffView({ diff, ruleSet }: { diff: RuleDiff; ruleSet: Pick<RuleSet, 'zones' | 'passes' | 'periods' | 'notices'> }) {
  const t = useAccessWords()
  if (diff.items.length === 0) return <EmptyState title={t('diff-none')} provider={t('diff-none-provider')} />
  return (
    <>
      <ol className="diff-list">{diff.items.map((item) => <DiffItem key={`${item.what}/${item.code}`} item={item} ruleSet={ruleSet} />)}</ol>
      {diff.areas.length > 0 ? <ChangedAreas areas={diff.areas} /> : null}
    </>
  )
}

function DiffItem({ item, ruleSet }: { item: Difference; ruleSet: Pick<RuleSet, 'zones' | 'passes' | 'periods' | 'notices'> }) {
  const t = useAccessWords()
  const say = useValueInWords(ruleSet)
  return (
    <li>
      <h3><span className={`tag diff-${item.kind}`}>{t(`diff-${item.kind}`)}</span> {t(`what-${item.what}`)}“{item.title}” <span className="secondary small">{item.code}</span></h3>
      {item.fields.length > 0 ? (
        <dl className="diff-fields">
          {item.fields.filter(({ field }) => item.kind === 'changed' || (field !== 'code' && field !== 'title')).map(({ field, before, after }) => (
            <Fragment key={field}>
              <dt>{t(`field-${field}` as keyof typeof accessWords)}</dt>
              {field === 'geometry' ? <dd>{t('diff-border')}</dd> : (
                <dd>
                  {item.kind === 'added' ? null : <p>{item.kind === 'changed' ? <span className="diff-word">{t('diff-from')}</span> : null}<del>{say(field, before)}</del></p>}
                  {item.kind === 'removed' ? null : <p>{item.kind === 'changed' ? <span className="diff-word">{t('diff-to')}</span> : null}<ins>{say(field, after)}</ins></p>}
                </dd>
              )}
            </Fragment>
          ))}
        </dl>
      ) : null}
    </li>
  )
}

function ChangedAreas({ areas }: Pick<RuleDiff, 'areas'>) {
  const t = useAccessWords()
  const words = useRuleWords()
  const zones = useMemo(() => areas.flatMap(({ code, title, before, after }): MapZone[] => [
    ...(before ? [{ id: `${code}/before`, title, geometry: areaOf(before), look: 'before' as const }] : []),
    ...(after ? [{ id: `${code}/after`, title, geometry: areaOf(after), look: 'after' as const }] : []),
  ]), [areas])
  return (
    <Section title={t('diff-map')}>
      <p className="secondary small">{areas.map(({ title }) => title).join('、')}　{t('diff-border')}</p>
      <div className="diff-map"><LazyZoneMap title={words('zone-map')} zones={zones} /></div>
    </Section>
  )
}
