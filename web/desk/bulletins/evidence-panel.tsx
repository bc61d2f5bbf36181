import { Link } from '@tanstack/react-router'
import type { FactLineage } from '../../api/indicators.ts'
import type { FigureRun } from '../../api/programme.ts'
import { Figure } from '../../shared/figure.tsx'
import { numberText } from '../../shared/format.ts'
import { Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { useBulletinWords } from './words.ts'

/** The basis of the figure one clicked, beside the text. */
export function EvidencePanel({ figure, onClose }: { figure: FigureRun['figure']; onClose: () => void }) {
  const t = useBulletinWords()
  const lineage = useRead<FactLineage>(`/facts/${figure.valueId}/lineage`, {}, { asOf: false })
  return (
    <aside className="evidence-panel" aria-label={t('evidence')}>
      <div className="section-head"><h2>{t('evidence')}</h2><button type="button" className="button small" onClick={onClose}>{t('close')}</button></div>
      <Reading read={lineage}>
        {(found) => (
          <>
            <Figure name={found.name} value={figure.text} unit={figure.unit} target={found.targetText} met={found.met} asOf={found.asOf} source={found.clause} />
            {found.calculation ? <p className="calculation">{found.calculation}</p> : null}
            <p>{t('counted', { counted: numberText(found.rowsCounted), excluded: numberText(found.rowsExcluded) })}</p>
            <p className="secondary small">{found.definitionDetail.cityText}</p>
            <p style={{ marginTop: 12 }}><Link className="button" to={`/desk/facts/${figure.valueId}`} target="_blank">{t('evidence-open')}</Link></p>
          </>
        )}
      </Reading>
    </aside>
  )
}
