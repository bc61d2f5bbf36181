import type { PortalTarget } from '../api/portal.ts'
import { numberText } from '../shared/format.ts'
import { usePortalWords } from './words.ts'

/** Every target in one line of plain words: where it stands, what was promised. */
export function Progress({ targets }: { targets: readonly PortalTarget[] }) {
  const t = usePortalWords()
  return (
    <div className="table-scroll">
      <table className="table progress-table">
        <thead>
          <tr>
            <th scope="col">{t('indicator')}</th>
            <th scope="col" className="numeric">{t('now')}</th>
            <th scope="col">{t('goal')}</th>
            <th scope="col">{t('standing')}</th>
          </tr>
        </thead>
        <tbody>
          {targets.map((target) => (
            <tr key={target.code}>
              <th scope="row">{target.name}</th>
              <td className="numeric" data-label={t('now')}>{target.text === null ? '—' : `${target.text}${target.unit ? ` ${target.unit}` : ''}`}</td>
              <td data-label={t('goal')}>{target.targetText}</td>
              <td data-label={t('standing')}><Standing target={target} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Standing({ target }: { target: PortalTarget }) {
  const t = usePortalWords()
  if (target.text === null && target.openQuestion) return <span className="secondary" title={target.openQuestion}>{t('undefined')}</span>
  if (target.met === true) return <span className="met">{t('reached')}</span>
  if (target.text === null) return <span className="secondary">{t('no-value')}</span>
  if (target.progress === null) return target.met === false ? <span className="not-met">{t('not-reached')}</span> : null
  const part = Math.max(0, Math.min(1, target.progress))
  return (
    <span className="part">
      <svg viewBox="0 0 100 8" width="100" height="8" aria-hidden="true"><rect width="100" height="8" fill="var(--line)" /><rect width={part * 100} height="8" fill="var(--programme)" /></svg>
      {t('part', { percent: numberText(Math.floor(part * 100), 0) })}
    </span>
  )
}
