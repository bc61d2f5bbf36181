import type { Block, FigureRun, OfficialDocument, Run } from '../programme/index.ts'

/** A made-up city's half-yearly 通报: every kind of block, long enough for four pages. Nothing in it is true of any place. */

/** Ids are spelled out so that golden output is stable; `n` is the ordinal of the figure. */
export const fixtureValueId = (n: number): string => `0197a000-0000-7000-8000-${String(n).padStart(12, '0')}`

const figure = (n: number, indicatorCode: string, text: string, unit = ''): FigureRun => ({ figure: { valueId: fixtureValueId(n), indicatorCode, text, unit } })
const text = (words: string): Run => ({ text: words })
const heading = (level: 1 | 2 | 3, id: string, words: string): Block => ({ kind: 'heading', level, id, runs: [text(words)] })
const paragraph = (id: string, ...runs: Run[]): Block => ({ kind: 'paragraph', id, runs })

const districts = ['临港区', '东河区', '西洲区', '北塔区', '南湾区', '青阳县', '沙浦县', '高新区', '自贸片区', '空港新城', '滨海新城', '铁路物流园', '农批市场片区', '大学城片区']

const districtTable: Block = {
  kind: 'table',
  id: 'table-districts',
  caption: '表1　各县区示范工程主要指标完成情况',
  columns: [
    { title: '序号', width: 1, align: 'center' },
    { title: '县（区）、片区', width: 3, align: 'left' },
    { title: '投入使用的停靠点（个）', width: 2.4, align: 'right' },
    { title: '新能源配送车辆（辆）', width: 2.4, align: 'right' },
    { title: '备注', width: 2.6, align: 'left' },
  ],
  rows: districts.map((name, index) => [
    [text(String(index + 1))],
    [text(name)],
    [figure(100 + index, 'stop-points-in-operation', String(3 + ((index * 7) % 11)))],
    [figure(200 + index, 'nev-in-use', String(40 + ((index * 37) % 160)))],
    [text(index % 5 === 3 ? '停靠点标志标线尚未验收' : '')],
  ]),
}

const opening: readonly Block[] = [
  paragraph(
    'p-opening',
    text('为深入推进城市绿色货运配送示范工程创建工作，根据《青港市城市绿色货运配送示范工程创建实施方案》和半年通报制度要求，现将2025年上半年创建工作进展情况通报如下。'),
  ),
  heading(1, 'h-overall', '一、总体进展'),
  paragraph(
    'p-nodes',
    text('截至2025年6月30日，全市建成并投入使用城市配送节点'),
    figure(1, 'nodes-in-operation', '14', '个'),
    text('，其中干支衔接型货运枢纽（物流园区）'),
    figure(2, 'nodes-hub', '2', '个'),
    text('、公共配送中心'),
    figure(3, 'nodes-centre', '4', '个'),
    text('、末端共同配送站'),
    figure(4, 'nodes-terminal', '8', '个'),
    text('，三级配送节点网络初步形成。城区设置货车临时停靠点'),
    figure(5, 'stop-points-in-operation', '96', '个'),
    text('、装卸泊位'),
    figure(6, 'bays-in-operation', '214', '个'),
    text('，基本覆盖主要商圈、农批市场和大型社区。'),
  ),
  paragraph(
    'p-vehicles',
    text('全市新能源配送车辆较示范期初新增'),
    figure(7, 'nev-new-since-baseline', '1268', '辆'),
    text('，新增和更新配送车辆中新能源车辆占比'),
    figure(8, 'nev-share-of-new', '52.4', '%'),
    text('；配送车辆与专用充电桩数量之比为'),
    figure(9, 'vehicles-per-pile', '3.6∶1'),
    text('，好于方案规定的目标。城市配送冷藏保温车辆占比'),
    figure(10, 'cold-chain-share', '6.1', '%'),
    text('，车辆日均行驶里程'),
    figure(11, 'mean-daily-distance', '71.3', '公里'),
    text('。'),
  ),
]

const measures: readonly Block[] = [
  heading(1, 'h-measures', '二、主要做法'),
  heading(2, 'h-network', '（一）完善三级配送节点网络'),
  paragraph('p-network-1', text('市交通运输局会同市自然资源和规划局、市商务局，将配送节点用地纳入国土空间规划和年度供地计划，对存量仓储设施实施改造提升。临港区依托铁路货场建设干支衔接型货运枢纽，实现铁路、公路与城市配送的一体衔接；东河区、西洲区结合老旧小区改造同步布设末端共同配送站，方便居民就近收取快件和生鲜商品。')),
  paragraph('p-network-2', text('各县区按照统一标志、统一标准、统一管理、统一服务的要求推进公共配送中心建设，引导快递、商超、冷链企业进驻，开展仓储共享、车辆共用、末端共配，减少重复运输和空驶。')),
  heading(2, 'h-access', '（二）优化城市配送车辆便利通行'),
  paragraph('p-access-1', text('市公安局修订城市配送车辆通行管理通告，对新能源配送车辆给予全天候、差别化的通行便利，简化通行证办理流程，实行网上申请、当日办结。市城市管理局会同公安交管部门在主要商圈、医院和学校周边施划装卸泊位，明确使用时段和停放时限，并通过电子监测规范停放秩序。')),
  heading(3, 'h-access-2', '1．分时停放。'),
  paragraph('p-access-2', text('在早晚高峰以外时段允许配送车辆在指定路段临时停靠装卸，单次停放时间不超过三十分钟。')),
  heading(3, 'h-access-3', '2．分区通行。'),
  paragraph('p-access-3', text('按照核心区、外围区两级划定通行管控范围，核心区仅允许纯电动轻型、微型配送车辆通行。')),
  heading(2, 'h-power', '（三）加快补能设施建设'),
  paragraph('p-power-1', text('市发展和改革委员会、市住房和城乡建设局推动在物流园区、公共配送中心和公交场站配建专用充电桩，鼓励充电运营企业开放数据接口，实现车、桩、位信息互联互通。青港供电公司开通绿色通道，压缩报装接电时间。')),
  heading(2, 'h-mode', '（四）推广集约高效配送模式'),
  paragraph('p-mode-1', text('培育一批运作规范、技术先进的城市配送骨干企业，支持企业组建联盟开展共同配送、集中配送、夜间配送和统一配送。农批市场片区试点蔬菜集中配送，大学城片区试点快递进校园共同配送，取得较好成效。')),
]

const closing: readonly Block[] = [
  heading(1, 'h-districts', '三、各县区进展'),
  paragraph('p-districts', text('各县区、片区停靠点建设和新能源配送车辆推广应用情况见表1。')),
  districtTable,
  heading(1, 'h-problems', '四、存在问题'),
  paragraph('p-problems-1', text('从上半年情况看，创建工作总体平稳，但仍存在一些薄弱环节：一是部分停靠点标志标线施划滞后，已建成但未能投入使用；二是个别企业车载终端离线时间较长，里程数据不完整；三是冷链配送车辆占比提升较慢，专业化程度有待提高；四是部分牵头单位材料报送不及时，支撑材料不规范。')),
  heading(1, 'h-next', '五、下一步工作'),
  paragraph('p-next-1', text('各县区、各部门要对照实施方案和年度任务，逐项梳理未完成事项，明确责任单位和完成时限，于七月底前报送整改清单。领导小组办公室将实行按月调度、按季督导，对进度滞后的单位进行提示，并将结果纳入年度考核。')),
  paragraph('p-next-2', text('各牵头单位要进一步压实责任，加强协同配合，抓好项目建设、政策落实和信息报送，确保年底前完成全年目标任务，为示范工程验收打下坚实基础。')),
]

export const qinggangBulletin: OfficialDocument = {
  issuer: '青港市城市绿色货运配送示范工程创建工作领导小组办公室',
  headText: '',
  documentNumber: '青绿配办〔2025〕3号',
  signer: null,
  title: '关于2025年上半年城市绿色货运配送示范工程创建工作进展情况的通报',
  recipients: ['各县（区）人民政府', '市各有关单位'],
  blocks: [...opening, ...measures, ...closing],
  attachments: ['青港市城市绿色货运配送示范工程2025年上半年任务完成情况表', '需重点推进事项清单'],
  signature: '青港市绿色货运配送办公室',
  date: '2025-07-15',
  copyTo: ['市政府办公室', '市人大财经委', '市政协经济委', '各县（区）交通运输局', '示范工程领导小组各成员单位'],
  printedBy: '青港市交通运输局办公室',
  printedOn: '2025-07-15',
  draftMark: null,
}

/** Pages of nothing but Chinese characters, on which the grid of lines and characters can be measured. */
export const fullTextDocument: OfficialDocument = {
  ...qinggangBulletin,
  blocks: [paragraph('p-full', text('城市绿色货运配送示范工程'.repeat(200)))],
  attachments: [],
}
