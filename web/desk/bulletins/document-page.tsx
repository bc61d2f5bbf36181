import type { Block, FigureRun, OfficialDocument, Run } from '../../api/programme.ts'
import { dateInText } from '../../shared/format.ts'
import { Editable } from './editable.tsx'
import { textOf } from './runs.ts'
import { useBulletinWords } from './words.ts'

interface DocumentPageProps {
  readonly document: OfficialDocument
  readonly readOnly: boolean
  readonly onLine: (lines: Readonly<Record<string, unknown>>) => void
  readonly onBlock: (id: string, runs: readonly Run[]) => void
  readonly onRestored: () => void
  readonly onFigure: (figure: FigureRun['figure']) => void
}

const parts = (text: string): string[] => text.split(/[，、,；;]/).map((each) => each.trim()).filter(Boolean)

/** The document as a sheet of paper by GB/T 9704-2012: red head and line, 2号 title, 3号 body, 28 characters a line. */
export function DocumentPage({ document, readOnly, onLine, onBlock, onRestored, onFigure }: DocumentPageProps) {
  const t = useBulletinWords()
  const line = (key: 'documentNumber' | 'title' | 'signature', label: string, as: 'span' | 'h1' | 'p', className: string) => (
    <Editable as={as} className={className} label={label} runs={[{ text: document[key] }]} readOnly={readOnly} onChange={(runs) => onLine({ [key]: textOf(runs).trim() })} onFigure={onFigure} />
  )
  const list = (key: 'recipients' | 'copyTo', label: string, className: string) => (
    <Editable as="span" className={className} label={label} runs={[{ text: document[key].join('，') }]} readOnly={readOnly} onChange={(runs) => onLine({ [key]: parts(textOf(runs)) })} onFigure={onFigure} />
  )
  return (
    <div className="sheet" lang="zh-CN">
      {document.draftMark ? <span className="draft-mark">{document.draftMark}</span> : null}
      <div className="red-head">{document.headText || `${document.issuer}文件`}</div>
      <div className="number-line">
        {line('documentNumber', t('number'), 'span', '')}
        {document.signer ? <span>{t('signer')}：{document.signer}</span> : null}
      </div>
      <hr className="red-line" />
      {line('title', t('name'), 'h1', 'document-title')}
      {document.recipients.length > 0 || !readOnly ? <p className="recipients">{list('recipients', t('recipients'), '')}：</p> : null}
      {document.blocks.map((block) => <BlockView key={block.id} block={block} readOnly={readOnly} onChange={(runs) => onBlock(block.id, runs)} onRestored={onRestored} onFigure={onFigure} />)}
      {document.attachments.length > 0 ? <p className="body">{t('attachments')}：{document.attachments.map((each, index) => <span key={each}>{document.attachments.length > 1 ? `${index + 1}．` : ''}{each}<br /></span>)}</p> : null}
      {line('signature', t('signature'), 'p', 'signature')}
      <p className="signature-date">{dateInText(document.date)}</p>
      <div className="imprint">
        <p>{t('copy-to')}：{list('copyTo', t('copy-to'), '')}</p>
        <p className="imprint-line"><span>{document.printedBy}</span><span>{dateInText(document.printedOn)}</span></p>
      </div>
    </div>
  )
}

type BlockProps = { readonly block: Block; readonly readOnly: boolean; readonly onChange: (runs: readonly Run[]) => void; readonly onRestored: () => void; readonly onFigure: (figure: FigureRun['figure']) => void }

function BlockView({ block, readOnly, onChange, onRestored, onFigure }: BlockProps) {
  const t = useBulletinWords()
  if (block.kind === 'table') return <TableBlock block={block} onFigure={onFigure} />
  const tag = block.kind === 'heading' ? (['h2', 'h3', 'h4'] as const)[block.level - 1]! : 'p'
  const className = block.kind === 'heading' ? `heading-${block.level}` : 'body'
  return <Editable as={tag} className={className} label={t('editor')} runs={block.runs} readOnly={readOnly} onChange={onChange} onRestored={onRestored} onFigure={onFigure} />
}

/** Tables come from targets and values; their figures open too. */
function TableBlock({ block, onFigure }: { block: Extract<Block, { kind: 'table' }>; onFigure: (figure: FigureRun['figure']) => void }) {
  const total = block.columns.reduce((sum, { width }) => sum + width, 0)
  return (
    <table className="document-table">
      <caption>{block.caption}</caption>
      <colgroup>{block.columns.map(({ title, width }) => <col key={title} style={{ width: `${(width / total) * 100}%` }} />)}</colgroup>
      <thead><tr>{block.columns.map(({ title }) => <th key={title} scope="col">{title}</th>)}</tr></thead>
      <tbody>
        {block.rows.map((cells, row) => (
          <tr key={row}>
            {cells.map((runs, column) => <td key={column} style={{ textAlign: block.columns[column]?.align }}><Editable as="div" label="" runs={runs} readOnly onChange={() => undefined} onFigure={onFigure} /></td>)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
