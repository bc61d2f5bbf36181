import type { Problem } from '../base/problems.ts'
import type { DocumentEdit } from './document-schema.ts'
import type { OfficialDocument } from './document-model.ts'
import { programmeProblem } from './problems.ts'

/**
 * The document with an edit applied, or the problems that forbid it. Only text of existing headings and paragraphs can change;
 * whether the figures survived is the business of the check the caller hands in (`reports` holds that law).
 */
export function editDocument(document: OfficialDocument, { blocks = [], reason: _reason, ...lines }: DocumentEdit): { document: OfficialDocument; problems: Problem[] } {
  const edits = new Map(blocks.map((each) => [each.id, each.runs]))
  const known = new Map(document.blocks.map((each) => [each.id, each.kind]))
  const problems = [...edits.keys()].flatMap((id) => {
    const kind = known.get(id)
    if (kind === undefined) return [programmeProblem('block-unknown', { value: id })]
    return kind === 'table' ? [programmeProblem('table-text-fixed', { value: id })] : []
  })
  const changed = Object.fromEntries(Object.entries(lines).filter(([, value]) => value !== undefined))
  const edited: OfficialDocument = { ...document, ...changed, blocks: document.blocks.map((block) => (block.kind === 'table' || !edits.has(block.id) ? block : { ...block, runs: edits.get(block.id)! })) }
  if (problems.length === 0 && JSON.stringify(edited) === JSON.stringify(document)) problems.push(programmeProblem('edit-empty'))
  return { document: edited, problems }
}
