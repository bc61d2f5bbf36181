import { defineRegister, registerProblem, type DataOf, type FieldProblem } from '../../registers/index.ts'

/** What a document or system proves, by the canonical indicator it is evidence for. */
export const documentSubjects = {
  'policy.nev-comprehensive': '新能源配送车辆综合性政策',
  'policy.nev-passage': '新能源配送车辆便利通行政策',
  'policy.nev-parking': '新能源配送车辆停车优惠政策',
  'policy.time-staggered-classified': '分时、错时、分类通行和停放措施',
  'policy.demand-survey': '需求调查预测报告',
  'policy.enterprise-assessment': '配送企业考核管理办法',
  'policy.express-vehicles': '快递车辆规范管理制度',
  'platform.public': '公共信息服务平台',
} as const
export type DocumentSubject = keyof typeof documentSubjects

export const documentStatuses = { draft: '起草中', 'in-force': '已印发（已建成）', repealed: '已废止（已停用）' } as const

/** In force without a day proves nothing for any period. */
const rules = ({ status, inForceSince }: { status?: string; inForceSince?: string }): FieldProblem[] =>
  status === 'in-force' && !inForceSince ? [{ field: 'inForceSince', severity: 'warning', problem: registerProblem('field-required', { title: '施行（建成）日期' }) }] : []

export const documentRegister = defineRegister({
  code: 'policy-document',
  plural: 'policy-documents',
  title: '政策文件和平台',
  description: '政策、制度、报告的印发和公共平台的建成，是“制定出台”“建成1个”一类目标的佐证',
  naturalKey: ['name'],
  readers: 'everybody',
  writers: ['office-clerk', 'liaison'],
  startsWith: 'inForceSince',
  rules,
  fields: {
    name: { title: '名称', type: 'text', required: true, maxLength: 200, searchable: true, listed: true, aliases: ['文件名称', '平台名称', '标题'], hint: '文件全称或平台名称，全市不重复' },
    subject: { title: '佐证事项', type: 'enum', required: true, values: documentSubjects, listed: true, aliases: ['事项', '对应指标'], hint: '它证明哪一项目标已经做到' },
    status: { title: '文件状态', type: 'enum', required: true, values: documentStatuses, synonyms: { 已印发: 'in-force', 已出台: 'in-force', 已建成: 'in-force', 起草: 'draft', 废止: 'repealed' }, listed: true, aliases: ['状态'], hint: '只有已印发（已建成）的计入指标' },
    documentNumber: { title: '发文字号', type: 'text', maxLength: 60, searchable: true, listed: true, aliases: ['文号'], hint: '如 连政办发〔2023〕2号；平台可不填' },
    issuer: { title: '印发（建设）单位', type: 'text', maxLength: 100, listed: true, aliases: ['印发单位', '建设单位'], hint: '文件上的印发机关，或平台建设单位' },
    inForceSince: { title: '施行（建成）日期', type: 'date', listed: true, aliases: ['印发日期', '施行日期', '建成日期'], hint: '从这一天起计入' },
    repealedOn: { title: '废止（停用）日期', type: 'date', hint: '从这一天起不再计入' },
    address: { title: '公开地址', type: 'text', maxLength: 300, hint: '公开网页的地址，便于核对' },
  },
})

export type PolicyDocument = DataOf<(typeof documentRegister)['fields']>
