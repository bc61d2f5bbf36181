import { useInfiniteQuery } from '@tanstack/react-query'
import { addressOf, api } from '../../api/client.ts'
import type { ImportRecord, RowChange, RowProblem } from '../../api/imports.ts'
import type { RegisterDescription } from '../../api/registers.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { Section } from '../../shared/page.tsx'
import { Loading } from '../../shared/states.tsx'
import type { ImportWork } from './import-page.tsx'
import { useImportWords } from './import-words.ts'
import { valueText } from './value.tsx'
import { useRegisterWords } from './words.ts'

/** Step three: what the dry run found, row by row; then all rows, the good ones, or back. */
export function CheckStep({ work, onRemap, onAnother }: { work: ImportWork; onRemap: () => void; onAnother: () => void }) {
  const t = useImportWords()
  const { record, register, busy, act } = work
  const { reverted: _, ...counts } = record.counts!
  const good = counts.created + counts.changed
  return (
    <>
      <p><b>{t('check-state', counts)}</b></p>
      <p className="actions" style={{ margin: '12px 0' }}>
        {counts.bad === 0 ? <button type="button" className="button primary" disabled={busy} onClick={() => void act('apply', { mode: 'all' })}>{t('apply-all')}</button> : null}
        {counts.bad > 0 && good > 0 ? <button type="button" className="button primary" disabled={busy} onClick={() => void act('apply', { mode: 'good' })}>{t('apply-good', { count: good })}</button> : null}
        {counts.bad + counts.warned > 0 ? <a className="button" href={addressOf(`/imports/${record.id}/problems.xlsx`)} download>{t('problems-file')}</a> : null}
        <button type="button" className="button" onClick={onRemap}>{t('back-to-map')}</button>
        <button type="button" className="button" onClick={onAnother}>{t('another')}</button>
      </p>
      {counts.bad + counts.warned > 0 ? <RowProblems record={record} /> : <p className="met">{t('check-good')}</p>}
      {record.sample && record.sample.length > 0 ? <Preview register={register} sample={record.sample} /> : null}
    </>
  )
}

function RowProblems({ record }: { record: ImportRecord }) {
  const t = useImportWords()
  const problems = useInfiniteQuery({
    queryKey: ['import-problems', record.id, record.counts],
    queryFn: ({ pageParam }) => api.get<{ sheet: string; items: readonly RowProblem[]; next: number | null }>(`/imports/${record.id}/problems`, { after: pageParam, limit: 100 }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  if (!problems.data) return <Loading />
  return (
    <Section title={t('problems')}>
      <DataTable
        caption={t('problems')}
        compact
        rows={problems.data.pages.flatMap(({ items }) => items)}
        keyOf={({ sequence }) => String(sequence)}
        columns={[
          { key: 'sheet', title: t('sheet'), width: 110, cell: () => record.sheet },
          { key: 'row', title: t('row'), numeric: true, width: 64, cell: ({ row }) => row },
          { key: 'column', title: t('column'), width: 56, cell: ({ column }) => column ?? '' },
          { key: 'value', title: t('value'), width: 200, cell: ({ value, severity }) => <span className={severity === 'error' ? 'cell-problem' : ''}>{value ?? ''}</span> },
          { key: 'severity', title: '', width: 64, cell: ({ severity }) => <span className={severity === 'error' ? 'tag tag-attention' : 'tag'}>{t(severity)}</span> },
          { key: 'what', title: t('what'), cell: ({ problem }) => <>{problem.message}。<span className="secondary">{problem.cause}。{problem.action}。</span></> },
        ]}
      />
      {problems.hasNextPage ? <p><button type="button" className="button" onClick={() => void problems.fetchNextPage()}>{t('more')}</button></p> : null}
    </Section>
  )
}

function Preview({ register, sample }: { register: RegisterDescription; sample: readonly RowChange[] }) {
  const t = useImportWords()
  const words = useRegisterWords()
  const text = (code: string, value: unknown) => {
    const field = register.fields.find((each) => each.code === code)
    return field ? valueText(field, value, { titles: {}, yes: words('yes'), no: words('no') }) : String(value)
  }
  return (
    <Section title={t('preview')}>
      <DataTable
        caption={t('preview')}
        compact
        rows={sample}
        keyOf={({ row }) => String(row)}
        columns={[
          { key: 'row', title: t('row'), numeric: true, width: 64, cell: ({ row }) => row },
          { key: 'key', title: t('key'), cell: ({ naturalKey }) => naturalKey },
          { key: 'outcome', title: t('outcome'), width: 80, cell: ({ outcome }) => t(outcome) },
          { key: 'changes', title: t('changed'), cell: ({ outcome, changes }) => (outcome === 'created' ? '' : changes.map(({ field, before, after }) => <div key={field}>{register.fields.find(({ code }) => code === field)?.title}：<del className="secondary">{text(field, before)}</del> → <ins>{text(field, after)}</ins></div>)) },
        ]}
      />
    </Section>
  )
}
