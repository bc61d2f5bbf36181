import { useState } from 'react'
import type { FactLineage } from '../../api/indicators.ts'
import { minuteText, numberText } from '../../shared/format.ts'
import { Section } from '../../shared/page.tsx'
import { Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { FactRows } from './fact-rows.tsx'
import { useIndicatorWords } from './words.ts'

/** Calculation → rows counted and left out with reasons → definition and clause, in the order in which people ask. */
export function Lineage({ id }: { id: string }) {
  const lineage = useRead<FactLineage>(`/facts/${id}/lineage`, {}, { asOf: false })
  return <Reading read={lineage}>{(found) => <LineageContent lineage={found} />}</Reading>
}

function LineageContent({ lineage }: { lineage: FactLineage }) {
  const t = useIndicatorWords()
  const [included, setIncluded] = useState(true)
  const side = included ? lineage.counted : lineage.leftOut
  return (
    <>
      <Section title={t('calculation')}>
        <dl className="pairs">
          <dt>{t('formula')}</dt>
          <dd>{lineage.definitionDetail.cityFormula ?? lineage.definitionDetail.formula}{lineage.calculation ? <div className="calculation">{lineage.calculation}</div> : null}</dd>
          <dt>{t('numerator')}</dt>
          <dd>{numberText(lineage.numerator)}</dd>
          {lineage.denominator ? (<><dt>{t('denominator')}</dt><dd>{numberText(lineage.denominator)}</dd></>) : null}
        </dl>
        <p className="as-of">{lineage.origin === 'recorded' ? `${t('recorded-by', { at: lineage.measuredAt ? minuteText(lineage.measuredAt) : '', by: lineage.measuredBy ?? '' })}　` : `${t('live')}　`}{lineage.verification.recordedDigest === null ? '' : lineage.verification.differs ? <b className="not-met">{t('differs')}</b> : t('verified', { digest: lineage.verification.rowDigest.slice(0, 12) })}</p>
      </Section>
      <div className="tabs" role="tablist" style={{ marginTop: 24 }}>
        <button type="button" role="tab" aria-selected={included} onClick={() => setIncluded(true)}>{t('counted', { count: numberText(lineage.counted.count) })}</button>
        <button type="button" role="tab" aria-selected={!included} onClick={() => setIncluded(false)}>{t('left-out', { count: numberText(lineage.leftOut.count) })}</button>
      </div>
      {!included && lineage.leftOut.reasons.length > 0 ? <p className="secondary">{t('reasons')}：{lineage.leftOut.reasons.map(({ reason, count }) => `${reason} ${numberText(count)}`).join('；')}</p> : null}
      <FactRows key={String(included)} id={lineage.id} included={included} first={side} />
      {lineage.rowsHidden > 0 ? <p className="secondary small">{t('rows-hidden', { count: lineage.rowsHidden })}</p> : null}
      <Definition lineage={lineage} />
    </>
  )
}

function Definition({ lineage }: { lineage: FactLineage }) {
  const t = useIndicatorWords()
  const { definitionDetail: detail, assumptions = [] } = lineage
  return (
    <Section title={t('definition')}>
      <dl className="pairs">
        <dt>{t('definition-city')}</dt>
        <dd>{detail.cityText}　<span className={detail.status === 'open' ? 'tag tag-attention' : 'tag'}>{t(`definition-${detail.status}`)}</span></dd>
        <dt>{t('quote')}</dt>
        <dd>{detail.quotes.map(({ clause, text }) => <p key={clause + text}>“{text}”<span className="secondary small">（{clause}）</span></p>)}</dd>
        <dt>{t('scope')}</dt>
        <dd>{detail.scope.text}</dd>
        <dt>{t('definition-ours')}</dt>
        <dd>{detail.text}<div className="secondary small">{detail.formula}</div></dd>
        {assumptions.length > 0 ? (<><dt>{t('assumptions')}</dt><dd>{assumptions.map((each) => <p key={each}>{each}</p>)}</dd></>) : null}
        <dt>{t('version')}</dt>
        <dd><code className="small">{detail.id} {detail.version}</code></dd>
        <dt>{t('rule-source')}</dt>
        <dd>{detail.source}</dd>
      </dl>
    </Section>
  )
}
