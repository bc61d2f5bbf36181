import { Link } from '@tanstack/react-router'
import type { BulletinEntry } from '../../api/programme.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { minuteText } from '../../shared/format.ts'
import { Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { useBulletinWords } from './words.ts'

/** Every version, newest first, with the reason of a correction; each can be read again. */
export function Versions({ id }: { id: string }) {
  const t = useBulletinWords()
  const versions = useRead<{ items: readonly BulletinEntry[] }>(`/bulletins/${id}/versions`, {}, { asOf: false })
  return (
    <Reading read={versions}>
      {({ items }) => (
        <DataTable
          caption={t('versions')}
          compact
          rows={[...items].reverse()}
          keyOf={({ version }) => String(version)}
          columns={[
            { key: 'version', title: t('versions'), cell: ({ version }) => <Link to="." search={(before: object) => ({ ...before, version: String(version), tab: undefined })}>{t('version', { version })}</Link> },
            { key: 'status', title: t('status'), cell: ({ status }) => t(status) },
            { key: 'changed', title: t('changed'), cell: ({ authorName, recordedAt }) => t('by', { author: authorName, at: minuteText(recordedAt) }) },
            { key: 'reason', title: t('reason'), cell: ({ reason }) => reason ?? '' },
          ]}
        />
      )}
    </Reading>
  )
}
