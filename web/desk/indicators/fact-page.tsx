import { Link, useParams, useSearch } from '@tanstack/react-router'
import type { IndicatorValue } from '../../api/indicators.ts'
import { asOfText, Figure } from '../../shared/figure.tsx'
import { useLanguage } from '../../shared/language.ts'
import { PageTitle } from '../../shared/page.tsx'
import { Reading } from '../../shared/states.tsx'
import { periodName } from '../programme/period-choice.tsx'
import { useRead } from '../reads.ts'
import { unitWords, valueWords } from './indicator-page.tsx'
import { Lineage } from './lineage.tsx'
import { RowLineage } from './row-lineage.tsx'
import { useIndicatorWords } from './words.ts'

/** 依据: the figure, how it came about, which rows it counts. Also where the QR codes of printed documents lead. */
export function FactPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { row } = useSearch({ strict: false }) as { row?: string }
  const fact = useRead<IndicatorValue>(`/facts/${id}`, {}, { asOf: false })
  return <Reading read={fact}>{(value) => (row ? <RowLineage value={value} row={row} /> : <FactContent value={value} />)}</Reading>
}

function FactContent({ value }: { value: IndicatorValue }) {
  const t = useIndicatorWords()
  const zh = useLanguage() === 'zh'
  return (
    <>
      <PageTitle title={value.name} back={<><Link to="/desk/indicators">{t('title')}</Link> / <Link to={`/desk/indicators/${value.code}`} search={{ period: value.period } as never}>{value.code}</Link></>} state={t('detail-state', { period: periodName(value.period, zh), at: asOfText(value.asOf), target: value.targetText })} />
      <Figure size="large" name={value.cityName} value={valueWords(value)} unit={unitWords(value)} target={value.targetText} met={value.met} open={value.obstacle ?? null} asOf={value.asOf} source={value.clause} />
      <Lineage id={value.id} />
    </>
  )
}
