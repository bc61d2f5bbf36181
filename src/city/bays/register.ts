import { defineRegister, type DataOf } from '../../registers/index.ts'

export const stopPointKinds = { 'dedicated-unloading': '专用卸货场地', 'temporary-in-road': '道路内临时停车泊位', 'time-limited': '限时停靠点', 'loading-zone': '装卸区', other: '其他' } as const
export const areaKinds = { commercial: '商业区', residential: '居住区', production: '生产区', public: '大型公共活动区', other: '其他' } as const
export const stopPointStatuses = { planned: '规划', 'in-use': '启用', suspended: '暂停', removed: '撤除' } as const

export const stopPointRegister = defineRegister({
  code: 'stop-point',
  plural: 'stop-points',
  title: '停靠点',
  description: '城市配送车辆临时停靠点，一个停靠点含若干泊位；停靠点数和泊位数分别统计',
  naturalKey: ['name'],
  district: 'district',
  readers: 'everybody',
  writers: ['office-clerk', 'liaison'],
  startsWith: 'createdOn',
  fields: {
    name: { title: '停靠点名称', type: 'text', required: true, maxLength: 100, searchable: true, listed: true, aliases: ['名称', '停靠点'], hint: '全市不重复的名称，如“解放路与人民路口东北侧”' },
    kind: { title: '停靠点类型', type: 'enum', required: true, values: stopPointKinds, synonyms: { 卸货场地: 'dedicated-unloading', 临时停车泊位: 'temporary-in-road', 临时泊位: 'temporary-in-road', 限时: 'time-limited' }, listed: true, aliases: ['类型'], hint: '专用卸货场地，或道路内泊位等' },
    inRoad: { title: '在道路范围内', type: 'boolean', required: true, listed: true, aliases: ['是否占道'], hint: '泊位划在道路红线以内' },
    areaKind: { title: '所在区域', type: 'enum', values: areaKinds, synonyms: { 商业: 'commercial', 居民区: 'residential', 住宅区: 'residential', 工业区: 'production', 公共区: 'public' }, listed: true, hint: '商业、居住、生产、大型公共活动区' },
    inCentre: { title: '在中心城区', type: 'boolean', required: true, listed: true, hint: '位于中心城区' },
    bayCount: { title: '泊位数', type: 'integer', unit: '个', min: 1, max: 500, required: true, listed: true, aliases: ['泊位数量', '车位数'], hint: '该停靠点含有的泊位个数' },
    createdOn: { title: '设置日期', type: 'date', required: true, listed: true, aliases: ['启用日期', '施划日期'], hint: '施划完成、可以使用的日期' },
    removedOn: { title: '撤除日期', type: 'date', hint: '不再使用的日期' },
    status: { title: '停靠点状态', type: 'enum', required: true, values: stopPointStatuses, synonyms: { 使用中: 'in-use', 已启用: 'in-use', 在用: 'in-use' }, listed: true, aliases: ['状态'], hint: '只有“启用”的计入指标' },
    timeLimitMinutes: { title: '限停时长', type: 'integer', unit: '分钟', min: 1, max: 1440, hint: '允许连续停靠的时长；不限则留空' },
    hours: { title: '可用时段', type: 'text', maxLength: 60, hint: '如 07:00-09:00、22:00-06:00；全天则留空' },
    district: { title: '所在县区', type: 'district', required: true, listed: true, aliases: ['县区', '所属县区'], hint: '所在县区' },
    address: { title: '地址', type: 'text', maxLength: 200, searchable: true, aliases: ['位置描述'], hint: '路段和方位' },
    point: { title: '位置', type: 'point', hint: '停靠点中心的经纬度，须注明坐标系' },
  },
})

export type StopPoint = DataOf<(typeof stopPointRegister)['fields']>
