import { Link, useParams } from '@tanstack/react-router'
import type { IndicatorDetail, IndicatorValue } from '../../api/indicators.ts'
import type { Standing, TargetRow } from '../../api/programme.ts'
import { BarChart } from '../../shared/bar-chart.tsx'
import { DataTable } from '../../shared/data-table.tsx'
import { asOfText, Figure } from '../../shared/figure.tsx'
import { minuteText, numberText } from '../../shared/format.ts'
import { useLanguage } from '../../shared/language.ts'
import { PaceLight } from '../../shared/pace.tsx'
import { PageTitle, Section } from '../../shared/page.tsx'
import { Reading } from '../../shared/states.tsx'
import { PeriodChoice, periodName, usePeriod } from '../programme/period-choice.tsx'
import { Questions } from '../programme/questions.tsx'
import { useRead } from '../reads.ts'
import { useMay } from '../session.tsx'
import { Lineage } from './lineage.tsx'
import { BaselineText, EvidenceLink } from './indicator-tables.tsx'
import { useIndicatorWords } from './words.ts'

/** One indicator: figure, pace, plan by year, what is open, every recorded value, and its rows at the same place. */
export function IndicatorPage() {
  const { code } = useParams({ strict: false }) as { code: string }
  const detail = useRead<IndicatorDetail>(`/indicators/${code}`, { period: usePeriod() })
  return <Reading read={detail}>{(found) => <IndicatorContent detail={found} />}</Reading>
}

/** `3.6∶1` of the programme where there is one; else number and unit. */
export const valueWords = ({ value, unit }: Pick<IndicatorValue, 'value' | 'unit'>): string | null => (value === null ? null : `${numberText(value)}${unit === '%' ? '%' : ''}`)
export const unitWords = ({ unit }: Pick<IndicatorValue, 'unit'>): string => (unit === '%' || unit.includes('∶') ? '' : unit)

function IndicatorContent({ detail }: { detail: IndicatorDetail }) {
  const t = useIndicatorWords()
  const zh = useLanguage() === 'zh'
  const may = useMay()
  const targets = useRead<Standing<TargetRow>>('/targets', { period: detail.period }, { enabled: may('programme:read') })
  const target = targets.data?.items.find(({ code }) => code === detail.code)
  const recorded = detail.recorded.find(({ period, id }) => (target?.valueId ? id === target.valueId : period === detail.period))
  const shown: IndicatorValue = recorded ?? detail
  return (
    <>
      <PageTitle title={detail.name} back={<Link to="/desk/indicators">{t('title')}</Link>} state={t('detail-state', { period: periodName(detail.period, zh), at: asOfText(shown.asOf), target: detail.targetText })} />
      <div className="filters"><PeriodChoice /></div>
      <div className="two-columns">
        <div>
          <Figure size="large" name={`${detail.code}　${detail.name}`} value={recorded && target?.actualText ? target.actualText : valueWords(shown)} unit={recorded && target?.actualText ? '' : unitWords(shown)} target={detail.targetText} met={shown.met} open={detail.obstacle ?? null} asOf={shown.asOf} source={detail.clause} evidence={<EvidenceLink id={shown.id} name={detail.name} />} />
          {detail.provisional ? <p className="secondary small">{t('provisional')}</p> : null}
          {target ? <p><PaceLight pace={target.pace} reason={target.reason} /></p> : null}
          {detail.plan.baseline ? <p>{t('baseline')}：<BaselineText baseline={detail.plan.baseline} />　<span className="secondary small">{detail.plan.baseline.quantity}</span></p> : null}
        </div>
        <YearlyChart detail={detail} />
      </div>
      {target ? <Questions questions={target.openQuestions} /> : null}
      <Lineage id={shown.id} />
      <History values={detail.recorded} />
    </>
  )
}

function YearlyChart({ detail }: { detail: IndicatorDetail }) {
  const t = useIndicatorWords()
  const { yearly } = detail.plan
  // A paper is there or not: a year in which it is due is no length of a bar.
  if (!yearly || yearly.kind === 'document' || yearly.kind === 'presence' || yearly.values.every(({ value }) => value === null)) return <div />
  const built = yearly.kind === 'increment' && detail.byYear ? detail.byYear : null
  return (
    <BarChart
      title={t(built ? 'yearly-built' : 'yearly-chart')}
      unit={detail.unit}
      bars={yearly.values.map(({ year, value, text }) => ({ label: t('year', { year }), value: built ? (built[String(year)] ?? 0) : value, text: built ? `${built[String(year)] ?? 0} / ${text}` : text, mark: built ? value : null }))}
    />
  )
}

function History({ values }: { values: readonly IndicatorValue[] }) {
  const t = useIndicatorWords()
  if (values.length === 0) return null
  return (
    <Section title={t('history')}>
      <DataTable
        caption={t('history')}
        compact
        rows={values}
        keyOf={({ id }) => id}
        columns={[
          { key: 'period', title: t('recorded-at'), cell: ({ measuredAt, period }) => <>{measuredAt ? minuteText(measuredAt) : ''}　<span className="secondary">{period}</span></> },
          { key: 'value', title: t('actual'), numeric: true, cell: (each) => valueWords(each) ?? '—' },
          { key: 'rows', title: t('rows'), numeric: true, cell: ({ rowsCounted, rowsExcluded }) => `${numberText(rowsCounted)} / ${numberText(rowsExcluded)}` },
          { key: 'version', title: t('version'), cell: ({ definitionVersion }) => definitionVersion },
          { key: 'evidence', title: '', cell: ({ id, name }) => <EvidenceLink id={id} name={name} /> },
        ]}
      />
    </Section>
  )
}
