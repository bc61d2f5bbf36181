import { checkPhone, checkUscc, normalisePhone, normaliseUscc } from '../../base/identifiers.ts'
import { declareProblems } from '../../base/problems.ts'
import { registerProblem, defineRegister, type DataOf, type FieldProblem } from '../../registers/index.ts'

const problem = declareProblems('enterprises', {
  'date-missing': { message: '“{title}”没有填写', cause: '没有日期就不能认定某一期末是否已经具备，这一项不计入任何一期的指标', action: '请按证书、公告补填' },
})

export const enterpriseKinds = { express: '快递', 'cold-chain': '冷链', pharmaceutical: '医药', retail: '商超', 'urban-delivery': '城市配送', 'e-commerce': '电商', agricultural: '农产品', 'charging-operator': '充电运营', 'logistics-park': '物流园区运营', other: '其他' } as const

/** 示范企业 and 试点企业 are the cities' own words for a firm that takes part; `listed` is a firm merely registered. */
export const enterpriseStatuses = { demonstration: '示范企业', pilot: '试点企业', backbone: '骨干企业', listed: '一般配送企业', withdrawn: '已退出' } as const

/** Grade of a logistics firm by GB/T 19680, assessed by the China Federation of Logistics & Purchasing. */
export const enterpriseGrades = { A: 'A级', AA: 'AA级', AAA: 'AAA级', AAAA: 'AAAA级', AAAAA: 'AAAAA级' } as const

interface Dated {
  readonly aLevel?: string
  readonly aLevelSince?: string
  readonly aLevelValidUntil?: string
  readonly hasPlatform?: boolean
  readonly platformBuiltOn?: string
}

const rules = (data: Dated): FieldProblem[] =>
  data.aLevelValidUntil && !data.aLevel ? [{ field: 'aLevel', severity: 'error', problem: registerProblem('field-required', { title: 'A级物流企业等级' }) }] : undated(data)

/** A grade or a platform without its date counts in no half-year: said when it is entered, not when the figure is short of it. */
const undated = (data: Dated): FieldProblem[] => [
  ...(data.aLevel && !data.aLevelSince ? [missing('aLevelSince', 'A级取得日期')] : []),
  ...(data.aLevel && !data.aLevelValidUntil ? [missing('aLevelValidUntil', 'A级有效期至')] : []),
  ...(data.hasPlatform && !data.platformBuiltOn ? [missing('platformBuiltOn', '平台建成日期')] : []),
]
const missing = (field: string, title: string): FieldProblem => ({ field, severity: 'warning', problem: problem('date-missing', { title }) })

export const enterpriseRegister = defineRegister({
  code: 'enterprise',
  plural: 'enterprises',
  title: '企业',
  description: '从事或服务城市配送的企业：示范、试点、骨干及一般配送企业，充电运营商，园区运营方',
  naturalKey: ['uscc'],
  district: 'district',
  owner: 'self',
  readers: 'owner',
  writers: ['office-clerk', 'liaison'],
  // A firm was there before it was registered here: half-years gone by must find it, without anybody giving a date of validity.
  startsWith: ['establishedOn', 'statusSince', 'aLevelSince', 'platformBuiltOn', 'platformConnectedOn'],
  rules,
  fields: {
    uscc: { title: '统一社会信用代码', type: 'text', required: true, normalise: normaliseUscc, check: checkUscc, searchable: true, listed: true, aliases: ['信用代码', '社会信用代码'], hint: '营业执照上的 18 位代码' },
    name: { title: '企业名称', type: 'text', required: true, maxLength: 100, searchable: true, listed: true, aliases: ['单位名称', '公司名称'], hint: '营业执照上的全称' },
    shortName: { title: '企业简称', type: 'text', maxLength: 30, searchable: true, hint: '列表和地图上显示的简称' },
    kind: { title: '企业类型', type: 'enum', required: true, values: enterpriseKinds, synonyms: { 城配: 'urban-delivery', 邮政快递: 'express', 冷链物流: 'cold-chain' }, listed: true, hint: '主营业务' },
    establishedOn: { title: '成立日期', type: 'date', aliases: ['注册日期', '企业成立日期'], hint: '营业执照上的成立日期；企业自该日起计入，未填的自下列各日期中最早的一日起，都未填的自录入之日起' },
    status: { title: '企业身份', type: 'enum', required: true, values: enterpriseStatuses, synonyms: { 示范: 'demonstration', 试点: 'pilot', 骨干: 'backbone', 一般: 'listed' }, listed: true, hint: '在示范工程中的身份，以主管部门公布为准' },
    statusSince: { title: '身份取得日期', type: 'date', hint: '公布为示范、试点或骨干企业的日期' },
    district: { title: '所在县区', type: 'district', required: true, listed: true, aliases: ['县区', '所属县区'], hint: '注册地或经营地所在县区' },
    aLevel: { title: 'A级物流企业等级', type: 'enum', values: enterpriseGrades, synonyms: { '1A': 'A', '2A': 'AA', '3A': 'AAA', '4A': 'AAAA', '5A': 'AAAAA', '3A级': 'AAA', '4A级': 'AAAA', '5A级': 'AAAAA' }, listed: true, aliases: ['A级', '企业等级'], hint: '按 GB/T 19680 评定的等级；没有评定则留空' },
    aLevelSince: { title: 'A级取得日期', type: 'date', hint: '评定公告日期' },
    aLevelValidUntil: { title: 'A级有效期至', type: 'date', listed: true, hint: '证书有效期截止日；当日仍有效' },
    hasPlatform: { title: '建有信息化平台', type: 'boolean', listed: true, hint: '企业有自己的配送信息化平台' },
    platformName: { title: '平台名称', type: 'text', maxLength: 60, hint: '企业信息化平台的名称' },
    platformBuiltOn: { title: '平台建成日期', type: 'date', hint: '投入使用的日期' },
    platformConnectedOn: { title: '平台接入日期', type: 'date', listed: true, hint: '接入城市公共信息服务平台的日期' },
    address: { title: '地址', type: 'text', maxLength: 200, hint: '经营地址' },
    contactName: { title: '联系人', type: 'text', maxLength: 30, personal: 'name', hint: '日常联系人' },
    contactPhone: { title: '联系电话', type: 'text', personal: 'phone', normalise: normalisePhone, check: checkPhone, hint: '手机，或带区号的固定电话' },
  },
})

export type Enterprise = DataOf<(typeof enterpriseRegister)['fields']>
