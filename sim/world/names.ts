/** Words for made-up places. Streets running north–south are 路, east–west 街; main ones 大道. */
const columnWords = '望潮 海棠 听涛 桐华 揽月 银杏 归帆 锦屏 鸣鹤 迎岚 栖霞 文澜 石榴 青橙 明湖 紫藤 云帆 春和 丹枫 玉兰 中轴 朝晖 白露 长风 芦荻 星河 翠微 金穗 凌波 杏林 瑞雪 晴川 雁回 苍梧 渔歌 碧落 新帆 鹭洲 扬波 港前 滨海'.split(' ')
const rowWords = '南岸 稻香 麦秋 桑梓 陶然 永泰 广济 和鸣 同心 瑶光 沐风 兰亭 江南 江北 澄心 望江 百草 开元 钟楼 书院 鼓楼 集贤 竹溪 松涛 云锦 月桂 青岚 蓝田 流霞 听雨 观山 石桥 知春 北辰 绿野'.split(' ')

const numberWords = '一二三四五六七八九十'
export const chineseNumber = (value: number): string => (value <= 10 ? numberWords[value - 1]! : value < 20 ? `十${numberWords[value - 11]!}` : `${numberWords[Math.floor(value / 10) - 1]!}十${value % 10 === 0 ? '' : numberWords[(value % 10) - 1]!}`)

export const ringNames = { inner: '内环路', outer: '绕城快速路' } as const
/** Name of the street along column `index` (0 = westernmost). */
export const columnName = (index: number, isMain: boolean): string => `${columnWords[index % columnWords.length]!}${isMain ? '大道' : '路'}`
/** Name of the street along row `index` (0 = southernmost). */
export const rowName = (index: number, isMain: boolean): string => `${rowWords[index % rowWords.length]!}${isMain ? '大道' : '街'}`

export const districts = [
  { code: '999901', name: '港湾区', word: '港湾' },
  { code: '999902', name: '青岚区', word: '青岚' },
  { code: '999903', name: '澄江区', word: '澄江' },
  { code: '999904', name: '塔山区', word: '塔山' },
  { code: '999905', name: '新屿区', word: '新屿' },
] as const
export type DistrictCode = (typeof districts)[number]['code']

/** Kinds of shops and the words their signs are made of. */
export const shopKinds = {
  supermarket: { title: '超市', heads: '海棠 福满 惠邻 万家乐 青禾 百味 永旺角 鲜丰', tails: '超市' },
  convenience: { title: '便利店', heads: '小橙 街角 邻里 好邻 晨光 七里 椰风 小岛', tails: '便利店' },
  restaurant: { title: '餐饮店', heads: '渔家 江畔 老灶 鲜味 阿婆 云上 码头 半山', tails: '饭店 小馆 面馆 食堂' },
  market: { title: '农贸市场', heads: '望江 鼓楼 集贤 稻香 港前 新屿', tails: '农贸市场' },
  pharmacy: { title: '药店', heads: '杏林 百草 康宁 同安 仁和里 济生', tails: '大药房' },
  parcel: { title: '快递驿站', heads: '蜂鸟 青鸽 迅达 候鸟 快哉 风车', tails: '驿站' },
} as const
export type ShopKind = keyof typeof shopKinds
