import type { EntityHistory, EntityVersion, RegisterDescription } from '../../api/registers.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { dayText, minuteText } from '../../shared/format.ts'
import { valueText } from './value.tsx'
import { useRegisterWords } from './words.ts'

/** Every version, newest first: when it was learned, since when it holds, from whom, what differs from the one before. */
export function HistoryTable({ register, history }: { register: RegisterDescription; history: EntityHistory }) {
  const t = useRegisterWords()
  const { items } = history
  return (
    <DataTable
      caption={t('history')}
      rows={items}
      keyOf={({ versionId }) => versionId}
      columns={[
        { key: 'recorded', title: t('version-recorded'), width: 150, cell: ({ recordedAt }) => minuteText(recordedAt) },
        { key: 'valid', title: t('version-valid'), width: 110, cell: ({ validFrom }) => dayText(validFrom) },
        { key: 'author', title: t('version-author'), width: 200, cell: ({ source }) => <>{source.author}<br /><span className="secondary small">{t(`by-${source.kind}`)}</span></> },
        { key: 'changes', title: t('version-changes'), cell: (version) => <Changes register={register} version={version} before={items[items.indexOf(version) + 1]} titles={history.titles} isNewest={items[0] === version} /> },
      ]}
    />
  )
}

function Changes({ register, version, before, titles, isNewest }: { register: RegisterDescription; version: EntityVersion; before: EntityVersion | undefined; titles: Readonly<Record<string, string>>; isNewest: boolean }) {
  const t = useRegisterWords()
  const words = { titles, yes: t('yes'), no: t('no') }
  const changed = before ? register.fields.filter(({ code }) => version.changed.includes(code)) : []
  return (
    <>
      {version.retractedAt ? <span className="tag tag-attention">{t('version-retracted', { at: minuteText(version.retractedAt) })}</span> : isNewest && !version.ended ? <span className="tag tag-done">{t('version-current')}</span> : null}
      {version.ended ? <span className="tag tag-attention">{t('version-ended', { reason: version.endedReason ?? '' })}</span> : null}
      {before || version.ended ? null : <span className="secondary"> {t('first-version')}</span>}
      <ul>
        {changed.map((field) => (
          <li key={field.code}>
            {field.title}：<del className="secondary">{valueText(field, before?.data[field.code], words)}</del> → <ins>{valueText(field, version.data[field.code], words)}</ins>
          </li>
        ))}
      </ul>
    </>
  )
}
