/**
 * The catalogue of indicators every city's own indicators point to. A city's row keeps its own words, comparator and target;
 * the canonical id says which measurement it asks for, so two cities can be laid side by side and one definition computes both.
 */
export interface CanonicalIndicator {
  /** Chinese name used where no city's own words apply */
  readonly name: string
  readonly unit: string
  /** which way is better */
  readonly direction: 'up' | 'down' | 'none'
  /** 九类 of the ministry's running-state form, the order in which bulletins list indicators */
  readonly group: IndicatorGroup
}

export const indicatorGroups = ['体制机制保障', '城市配送物流基础设施', '城市配送车辆及配套设施', '便利通行政策', '先进配送组织模式', '信息化建设', '市场主体培育', '物流降本增效', '节能减排'] as const
export type IndicatorGroup = (typeof indicatorGroups)[number]

const row = (name: string, unit: string, direction: CanonicalIndicator['direction'], group: IndicatorGroup): CanonicalIndicator => ({ name, unit, direction, group })

const base = '城市配送物流基础设施'
const vehicles = '城市配送车辆及配套设施'
const access = '便利通行政策'

export const canonicalIndicators = {
  'nodes.hubs': row('干支衔接型货运枢纽（物流园区）', '个', 'up', base),
  'nodes.public-dcs': row('公共配送中心', '个', 'up', base),
  'nodes.terminal-stations': row('末端共同配送站', '个', 'up', base),
  'nodes.network-formula': row('三级节点网络构成', '', 'none', base),
  'charging.stations': row('充电站', '个', 'up', vehicles),
  'charging.piles': row('可用于新能源配送车辆的充电桩', '个', 'up', vehicles),
  'charging.vehicles-per-pile': row('新能源配送货车与充电桩配置比例（车桩比）', '∶1', 'down', vehicles),
  'charging.piles-per-vehicle': row('充电桩与新能源配送车辆配置比例（桩车比）', '', 'up', vehicles),
  'nev.new-count': row('新增新能源城市配送车辆', '辆', 'up', vehicles),
  'nev.new-vs-baseline': row('新增新能源配送车辆占创建期初保有量的比例', '%', 'up', vehicles),
  'nev.share-of-new-and-renewed': row('新增新能源配送车辆占全部新增和更新配送车辆的比例', '%', 'up', vehicles),
  'nev.replacement-measures': row('燃油配送车辆与三轮车新能源替代措施', '', 'none', vehicles),
  'reefers.share': row('冷藏保温配送车辆占城市配送车辆的比例', '%', 'up', vehicles),
  'tricycles.unified': row('邮政快递电动三轮车统一管理', '%', 'up', vehicles),
  'policy.nev-comprehensive': row('新能源配送车辆综合性政策', '', 'none', access),
  'policy.nev-passage': row('新能源配送车辆便利通行政策', '', 'none', access),
  'policy.nev-parking': row('新能源配送车辆停车优惠政策', '', 'none', access),
  'policy.demand-survey': row('城市货运配送需求调查预测制度', '', 'none', access),
  'policy.time-staggered-classified': row('配送车辆分时、错时、分类通行和停放措施', '', 'none', access),
  'policy.enterprise-assessment': row('城市配送企业考核管理办法', '', 'none', '体制机制保障'),
  'policy.express-vehicles': row('快递车辆规范管理制度', '', 'none', '体制机制保障'),
  'stop-points.total': row('城市配送车辆临时停靠点', '个', 'up', access),
  'stop-points.new': row('新增城市配送车辆临时停靠点', '个', 'up', access),
  'bays.in-road': row('道路范围内停靠泊位', '个', 'up', access),
  'bays.and-unloading-sites': row('专用卸货场地和道路范围内临时停车泊位', '个', 'up', access),
  'joint-delivery.share': row('商贸流通企业采用共同（集中、夜间）配送的比例', '%', 'up', '先进配送组织模式'),
  'platform.public': row('货运配送公共信息服务平台', '个', 'up', '信息化建设'),
  'platform.enterprise': row('企业信息化平台', '个', 'up', '信息化建设'),
  'platform.pilot-enterprises-share': row('试点企业信息平台建成比例', '%', 'up', '信息化建设'),
  'enterprises.aaa': row('AAA级（含）以上配送企业', '家', 'up', '市场主体培育'),
  'cost.per-tonne-km': row('城市配送吨公里运输成本降低比例', '%', 'up', '物流降本增效'),
  'utilisation.undefined': row('城市配送车辆利用效率提高比例（口径未定）', '%', 'up', '物流降本增效'),
  'utilisation.mean-daily-distance': row('平均日单车行驶里程提高比例', '%', 'up', '物流降本增效'),
  'energy.per-turnover': row('单位周转量能耗降低比例', '%', 'up', '节能减排'),
  'energy.fuel-per-100-tonne-km': row('百吨公里周转量燃料消耗降低比例', '%', 'up', '节能减排'),
} as const satisfies Record<string, CanonicalIndicator>

export type CanonicalIndicatorId = keyof typeof canonicalIndicators

export const canonicalIndicatorIds = Object.keys(canonicalIndicators) as CanonicalIndicatorId[]
