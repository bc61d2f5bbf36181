import { documentRegister, documentStatuses, documentSubjects, type DocumentSubject, type PolicyDocument } from '../../city/documents/index.ts'
import { inForce, inStatus } from '../checks.ts'
import { entityRows, rowSet, type IndicatorDefinition } from '../definition.ts'

const undated = ({ status, inForceSince }: PolicyDocument): string | false => status === 'in-force' && inForceSince === undefined && '未登记施行（建成）日期'
const issued = inStatus<PolicyDocument>(documentStatuses, { good: ['in-force'], over: 'repealed' }, ({ status, repealedOn }) => ({ status, end: repealedOn }))
const inForceThen = inForce<PolicyDocument>({ begin: '施行', end: '废止' }, ({ inForceSince }) => inForceSince, ({ repealedOn }) => repealedOn)

/** Documents or platforms of one subject in force at the period's end; plans ask for one. */
const presence = (id: DocumentSubject): IndicatorDefinition => ({
  id,
  version: '1',
  text: `期末已施行（已建成）的${documentSubjects[id]}件数`,
  formula: '登记为该事项佐证且期末有效的件数',
  combine: { kind: 'sum' },
  source: '盘锦市表1第8–10、13行；洛阳市附件2第5、6、17–21、23行；连云港市方案三（四）8',
  async collect(input) {
    const documents = await input.sources.entities(documentRegister)
    return rowSet(entityRows(documents, input, { isSubject: ({ subject }) => subject === id, leaveOut: [undated, issued, inForceThen], numerator: () => 1, name: ({ name }) => name, day: ({ inForceSince }) => inForceSince }))
  },
})

export const documentDefinitions: readonly IndicatorDefinition[] = (Object.keys(documentSubjects) as DocumentSubject[]).map(presence)
