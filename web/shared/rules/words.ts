import { wordsOf } from '../language.ts'

export const ruleWords = {
  'effect-no-go': ['禁止驶入', 'No entry'],
  'effect-pass-needed': ['凭证驶入', 'Pass needed'],
  'effect-limited': ['限制通行', 'Limited'],
  'effect-allowed': ['可以驶入', 'Allowed'],
  'zone-free': ['本区不限', 'No limit by it'],
  'zone-free-why': ['本区域此时对此车没有规定。所在位置如果还在别的区域或临时管制之内，以那里的规定为准。', 'This zone says nothing of the vehicle then. Where another zone or a closure covers the place, that one decides.'],
  'now': ['现在', 'Now'],
  'at-that-time': ['此时', 'Then'],
  'today': ['今天', 'Today'],
  'that-day': ['当天', 'That day'],
  'week': ['本周', 'Week'],
  'seven-days': ['七天', '7 days'],
  'all-day': ['全天', 'all day'],
  'otherwise-free': ['其余时间没有限制', 'otherwise free'],
  'free-all-day': ['全天没有限制', 'free all day'],
  'day-workday': ['工作日', 'workday'],
  'day-rest-day': ['休息日', 'rest day'],
  'day-holiday': ['法定节假日', 'holiday'],
  'yes': ['可以驶入', 'Yes, it may drive here'],
  'yes-limited': ['可以驶入，但有限制：{limit}', 'Yes, but limited: {limit}'],
  'yes-pass': ['凭证可以驶入：{passes}', 'Yes, with its pass: {passes}'],
  'no': ['不能驶入', 'No, it may not drive here'],
  'no-pass': ['没有通行证，不能驶入；持“{passes}”可以', 'No without a pass; {passes} would do'],
  'until': ['到 {at} 为止', 'until {at}'],
  'since': ['从 {at} 起', 'since {at}'],
  'no-end': ['一年内不变', 'unchanged for a year'],
  'next': ['最早可以驶入的时间：{at}', 'Earliest time it may: {at}'],
  'next-none': ['一年内没有可以驶入的时间', 'No time within a year'],
  'because': ['依据', 'Because'],
  'clause': ['第{clause}条', 'clause {clause}'],
  'no-number': ['（文号待发布时确定）', '(number given at publication)'],
  'no-rule': ['没有规则涉及此车此时此地，因此可以驶入。', 'No rule speaks of this vehicle here and now, so it may.'],
  'assumed': ['车辆的这些情况不明，按受限制理解：{facts}', 'Not known of the vehicle and taken against it: {facts}'],
  'beyond-calendar': ['工作日历尚未包含 {day}，节假日和调休未计入，只按星期判断。', 'The work calendar does not reach {day}; holidays are not counted, only weekdays.'],
  'fact-category': ['车辆类别', 'category'],
  'fact-energy': ['能源', 'energy'],
  'fact-body': ['车身', 'body'],
  'fact-plateColour': ['号牌颜色', 'plate colour'],
  'fact-purpose': ['用途', 'purpose'],
  'fact-enterpriseStatus': ['企业身份', 'status of the firm'],
  'fact-unifiedMark': ['统一标识', 'unified mark'],
  'fact-grossMassKg': ['总质量', 'gross mass'],
  'zone-map': ['通行管理区域地图', 'Map of zones'],
  'map-keys': ['键盘：方向键移动地图，+ − 缩放，[ ] 选上一个或下一个区域', 'Keys: arrows move the map, + − zoom, [ ] choose the zone before or after'],
  'map-keys-place': ['键盘：方向键移动地图，+ − 缩放，[ ] 选区域，回车取十字处的地点', 'Keys: arrows move the map, + − zoom, [ ] choose a zone, Enter takes the place under the cross'],
  'any-vehicle': ['任何车辆', 'any vehicle'],
  'mass-up-to': ['总质量 ≤ {kg} kg', 'gross mass ≤ {kg} kg'],
  'mass-over': ['总质量 > {kg} kg', 'gross mass > {kg} kg'],
  'marked': ['有统一标识', 'with the unified mark'],
  'unmarked': ['无统一标识', 'without the unified mark'],
  'holding': ['持有{passes}', 'holding {passes}'],
  'plates': ['号牌 {plates}', 'plates {plates}'],
  'or': ['；或 ', '; or '],
  'except': ['{vehicles}（{exceptions} 除外）', '{vehicles} (except {exceptions})'],
  'everywhere': ['全市', 'everywhere'],
} as const

export const useRuleWords = wordsOf(ruleWords)

/** What the server's codes mean in the facts of a vehicle. */
export const factNames = {
  category: { 'delivery-truck': ['配送货车', 'delivery truck'], 'e-tricycle': ['电动三轮车', 'e-tricycle'] },
  energy: { bev: ['纯电动', 'battery'], phev: ['插电混动', 'plug-in hybrid'], fcev: ['燃料电池', 'fuel cell'], cng: ['压缩天然气', 'CNG'], lng: ['液化天然气', 'LNG'], hybrid: ['非插电混动', 'hybrid'], diesel: ['柴油', 'diesel'], petrol: ['汽油', 'petrol'] },
  body: { box: ['厢式', 'box'], enclosed: ['封闭货车', 'enclosed'], refrigerated: ['冷藏', 'refrigerated'], insulated: ['保温', 'insulated'], 'stake-side': ['仓栅', 'stake-side'], flatbed: ['栏板', 'flatbed'], van: ['面包式', 'van'], 'three-wheel': ['三轮', 'three-wheel'], other: ['其他', 'other'] },
  plateColour: { '1': ['蓝牌', 'blue'], '2': ['黄牌', 'yellow'], '3': ['黑牌', 'black'], '4': ['白牌', 'white'], '5': ['绿牌', 'green'], '91': ['农黄牌', 'farm yellow'], '92': ['农绿牌', 'farm green'], '93': ['农蓝牌', 'farm blue'], '94': ['黄绿牌', 'yellow-green'], '95': ['渐变绿牌', 'gradient green'], '9': ['其他号牌', 'other plate'] },
  enterpriseStatus: { demonstration: ['示范企业', 'demonstration firm'], pilot: ['试点企业', 'pilot firm'], backbone: ['骨干企业', 'backbone firm'], listed: ['一般配送企业', 'listed firm'], withdrawn: ['已退出企业', 'withdrawn firm'] },
} as const satisfies Record<string, Record<string, readonly [zh: string, en: string]>>

export const weekdayNames: readonly (readonly [zh: string, en: string])[] = [['周一', 'Mon'], ['周二', 'Tue'], ['周三', 'Wed'], ['周四', 'Thu'], ['周五', 'Fri'], ['周六', 'Sat'], ['周日', 'Sun']]
export const dayKindNames = { 'workday': ['工作日', 'workday'], 'rest-day': ['休息日', 'rest-day'], 'holiday': ['节假日', 'holiday'] } as const
/** `3月`, written after the number in Chinese, before it in English */
export const monthWord = { zh: (month: number) => `${month}月`, en: (month: number) => `M${month}` } as const
