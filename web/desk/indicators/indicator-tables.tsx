import { Link } from '@tanstack/react-router'
import type { IndicatorValue } from '../../api/indicators.ts'
import type { Baseline, TargetRow } from '../../api/programme.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { MetWord } from '../../shared/figure.tsx'
import { numberText } from '../../shared/format.ts'
import { PaceLight } from '../../shared/pace.tsx'
import { useSharedWords } from '../../shared/words.ts'
import { useIndicatorWords } from './words.ts'

/** The button beside every figure. */
export function EvidenceLink({ id, name }: { id: string; name: string }) {
  const t = useSharedWords()
  return <Link className="button evidence" to={`/desk/facts/${id}`} aria-label={t('evidence-of', { name })}>{t('evidence')}</Link>
}

export function TargetTable({ rows }: { rows: readonly TargetRow[] }) {
  const t = useIndicatorWords()
  const shared = useSharedWords()
  return (
    <DataTable
      caption={t('title')}
      rows={rows}
      keyOf={({ code }) => code}
      columns={[
        { key: 'code', title: t('code'), width: 64, cell: ({ code }) => <span className="secondary nowrap">{code}</span> },
        { key: 'name', title: t('name'), cell: ({ code, name }) => <Link to={`/desk/indicators/${code}`}>{name}</Link> },
        { key: 'target', title: t('target'), cell: ({ targetText }) => targetText },
        { key: 'actual', title: t('actual'), numeric: true, cell: ({ actualText, openQuestions }) => (actualText === null ? <span className="secondary">{shared(openQuestions.length > 0 ? 'open-question' : 'no-value')}</span> : <b>{actualText}</b>) },
        { key: 'evidence', title: '', width: 60, cell: ({ valueId, name }) => (valueId ? <EvidenceLink id={valueId} name={name} /> : null) },
        { key: 'baseline', title: t('baseline'), numeric: true, cell: ({ baseline }) => <BaselineText baseline={baseline} /> },
        { key: 'expected', title: t('expected'), numeric: true, cell: ({ expectedText }) => expectedText ?? '' },
        { key: 'pace', title: t('pace'), cell: ({ pace, reason }) => <PaceLight pace={pace} reason={reason} /> },
      ]}
    />
  )
}

export function BaselineText({ baseline }: { baseline: Baseline | null }) {
  const t = useIndicatorWords()
  if (!baseline) return null
  if (baseline.value === null) return <span className="secondary">{t('baseline-missing')}</span>
  return <>{numberText(baseline.value)}{baseline.unit}{baseline.madeUp ? <span className="unit">（{t('made-up')}）</span> : null}</>
}

export function ValueTable({ rows }: { rows: readonly IndicatorValue[] }) {
  const t = useIndicatorWords()
  const shared = useSharedWords()
  return (
    <DataTable
      caption={t('title')}
      rows={rows}
      keyOf={({ code }) => code}
      columns={[
        { key: 'code', title: t('code'), width: 64, cell: ({ code }) => <span className="secondary nowrap">{code}</span> },
        { key: 'name', title: t('name'), cell: ({ code, name }) => <Link to={`/desk/indicators/${code}`}>{name}</Link> },
        { key: 'target', title: t('target'), cell: ({ targetText }) => targetText },
        { key: 'actual', title: t('actual'), numeric: true, cell: ({ value, unit }) => (value === null ? <span className="secondary">{shared('no-value')}</span> : <b>{numberText(value)}{unit === '%' ? '%' : ` ${unit}`}</b>) },
        { key: 'evidence', title: '', width: 60, cell: ({ id, name }) => <EvidenceLink id={id} name={name} /> },
        { key: 'met', title: t('met'), cell: ({ met }) => (met === null ? '' : <MetWord met={met} />) },
        { key: 'rows', title: t('rows'), numeric: true, cell: ({ rowsCounted, rowsExcluded }) => `${numberText(rowsCounted)} / ${numberText(rowsExcluded)}` },
      ]}
    />
  )
}
