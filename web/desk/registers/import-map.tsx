import { useState } from 'react'
import type { ProposedColumn } from '../../api/imports.ts'
import type { RegisterDescription } from '../../api/registers.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { ProblemLine } from '../../shared/states.tsx'
import type { ImportWork } from './import-page.tsx'
import { useImportWords } from './import-words.ts'
import { useRegisterWords } from './words.ts'

/** The columns a template has: one a field, three for a point. */
function useTemplateColumns(register: RegisterDescription): { key: string; title: string }[] {
  const t = useRegisterWords()
  return register.fields.flatMap(({ code, title, type }) => (type === 'point' ? [{ key: `${code}.lon`, title: `${title}${t('lon')}` }, { key: `${code}.lat`, title: `${title}${t('lat')}` }, { key: `${code}.system`, title: `${title}${t('system')}` }] : [{ key: code, title }]))
}

/** Step two: which column is what, proposed by the server, settled by a person; then the dry run. */
export function MapStep({ work }: { work: ImportWork }) {
  const t = useImportWords()
  const { record, register, act, busy } = work
  const fields = useTemplateColumns(register)
  const [sheetName, setSheetName] = useState(record.sheet ?? record.sheets[0]?.name ?? '')
  const sheet = record.sheets.find(({ name }) => name === sheetName)
  const proposal = sheet?.proposal
  const known = record.mapping && record.sheet === sheetName ? record.mapping.columns : proposal?.mapping.columns
  const [chosen, setChosen] = useState<Readonly<Record<string, string | null>>>({})
  const mapped = { ...known, ...chosen }
  const missing = fields.filter(({ key }) => !Object.values(mapped).includes(key))
  const required = missing.filter(({ key }) => register.fields.find(({ code }) => code === key)?.required)
  const check = async () => {
    await act('mapping', { sheet: sheetName, columns: mapped })
    await act('check')
  }
  return (
    <>
      <p className="secondary">{t('map-state', { file: record.fileName })}{proposal ? t('header-row', { row: proposal.mapping.headerRow }) : ''}</p>
      {record.sheets.length > 1 ? (
        <div className="filters">
          <label>
            {t('sheet')}
            <select className="plain-select" style={{ display: 'block' }} value={sheetName} onChange={(event) => { setSheetName(event.target.value); setChosen({}) }}>
              {record.sheets.map(({ name, isHidden }) => <option key={name} value={name}>{name}{isHidden ? t('hidden-sheet') : ''}</option>)}
            </select>
          </label>
        </div>
      ) : null}
      {sheet?.problem ? <ProblemLine error={new Error(`${sheet.problem.message}。${sheet.problem.action}。`)} /> : null}
      {proposal ? <Columns columns={proposal.columns} mapped={mapped} fields={fields} onChoose={(letter, key) => setChosen((before) => ({ ...before, [letter]: key }))} /> : null}
      {required.length > 0 ? <p className="problem-line">{t('missing-required', { titles: required.map(({ title }) => title).join('、') })}</p> : null}
      {missing.length > required.length ? <p className="secondary small">{t('missing', { titles: missing.filter((each) => !required.includes(each)).map(({ title }) => title).join('、') })}</p> : null}
      <p style={{ marginTop: 16 }}><button type="button" className="button primary" disabled={busy || !proposal} onClick={() => void check()}>{t('to-check')}</button></p>
    </>
  )
}

function Columns({ columns, mapped, fields, onChoose }: { columns: readonly ProposedColumn[]; mapped: Readonly<Record<string, string | null>>; fields: readonly { key: string; title: string }[]; onChoose: (letter: string, key: string | null) => void }) {
  const t = useImportWords()
  return (
    <DataTable
      caption={t('column')}
      compact
      rows={columns}
      keyOf={({ letter }) => letter}
      columns={[
        { key: 'letter', title: t('column'), width: 56, cell: ({ letter }) => letter },
        { key: 'heading', title: t('heading'), cell: ({ heading }) => heading },
        { key: 'samples', title: t('samples'), cell: ({ samples }) => <span className="secondary">{samples.join('，')}</span> },
        { key: 'field', title: t('field'), cell: ({ letter, heading }) => (
          <select className="plain-select" aria-label={`${t('field')} ${heading}`} value={mapped[letter] ?? ''} onChange={(event) => onChoose(letter, event.target.value || null)}>
            <option value="">{t('skip')}</option>
            {fields.map(({ key, title }) => <option key={key} value={key}>{title}</option>)}
          </select>
        ) },
        { key: 'likeness', title: '', cell: ({ likeness }) => <span className={likeness === 'similar' || likeness === 'none' ? 'tag tag-attention' : 'secondary small'}>{t(`likeness-${likeness}`)}</span> },
      ]}
    />
  )
}
