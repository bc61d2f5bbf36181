/** What a piece of an official document is set in. */
export type FontRole = 'fangsong' | 'xiaobiaosong' | 'heiti' | 'kaiti' | 'songti' | 'latin'

interface FontChoice {
  /** family names a font file may carry; the first is the one the typesetter knows it by */
  readonly families: readonly string[]
  /** file names it comes in, lower case, without the weight */
  readonly files: RegExp
  /** true when GB/T 9704 documents are really set in it; false for a stand-in */
  readonly official: boolean
  /** the stand-in is used in this weight */
  readonly weight?: 'bold'
}

interface RoleDefinition {
  /** the name written into Word files, which offices have installed */
  readonly officialName: string
  /** in order of preference */
  readonly choices: readonly FontChoice[]
}

const standIn = (families: readonly string[], files: RegExp, weight?: 'bold'): FontChoice =>
  weight ? { families, files, official: false, weight } : { families, files, official: false }

const notoSerif = [
  standIn(['Noto Serif CJK SC'], /^notoserifcjk(sc)?-regular\.(ttc|otf)$/u),
  standIn(['Noto Serif SC'], /^notoserifsc[-_].*regular.*\.(ttf|otf)$/u),
  standIn(['Source Han Serif SC', '思源宋体'], /^sourcehanserif(sc|cn)?-regular\.(ttc|otf)$/u),
]
const notoSerifBold = [
  standIn(['Noto Serif CJK SC'], /^notoserifcjk(sc)?-bold\.(ttc|otf)$/u, 'bold'),
  standIn(['Noto Serif SC'], /^notoserifsc[-_].*700bold.*\.(ttf|otf)$/u, 'bold'),
  standIn(['Noto Serif SC'], /^notoserifsc-bold\.(ttf|otf)$/u, 'bold'),
  standIn(['Source Han Serif SC', '思源宋体'], /^sourcehanserif(sc|cn)?-bold\.(ttc|otf)$/u, 'bold'),
]
const simSun = { families: ['SimSun', '宋体'], files: /^simsun\.tt[cf]$/u, official: true }
const songtiMac = { families: ['Songti SC', '宋体-简'], files: /^songti\.ttc$/u, official: false }

/** Fonts by role: the official ones first, then what free systems carry (no free 仿宋_GB2312 or 小标宋 exists). */
export const fontRoles: Readonly<Record<FontRole, RoleDefinition>> = {
  fangsong: {
    officialName: '仿宋_GB2312',
    choices: [
      { families: ['FangSong_GB2312', '仿宋_GB2312'], files: /gb2312|simfang|仿宋/u, official: true },
      { families: ['FangSong', '仿宋'], files: /^simfang\.ttf$/u, official: true },
      { families: ['STFangsong', '华文仿宋'], files: /^stfang.*\.tt[cf]$/u, official: true },
      ...notoSerif,
      songtiMac,
      simSun,
    ],
  },
  xiaobiaosong: {
    officialName: '方正小标宋简体',
    choices: [
      { families: ['FZXiaoBiaoSong-B05S', '方正小标宋简体', 'FZXiaoBiaoSong-B05'], files: /fzxbs|小标宋/u, official: true },
      ...notoSerifBold,
      songtiMac,
      simSun,
    ],
  },
  heiti: {
    officialName: '黑体',
    choices: [
      { families: ['SimHei', '黑体'], files: /^simhei\.ttf$/u, official: true },
      { families: ['STHeiti', '华文黑体', 'Heiti SC'], files: /^stheiti.*\.ttc$/u, official: true },
      standIn(['Noto Sans CJK SC'], /^notosanscjk(sc)?-bold\.(ttc|otf)$/u, 'bold'),
      standIn(['Noto Sans SC'], /^notosanssc[-_].*bold.*\.(ttf|otf)$/u, 'bold'),
      ...notoSerifBold,
    ],
  },
  kaiti: {
    officialName: '楷体_GB2312',
    choices: [
      { families: ['KaiTi_GB2312', '楷体_GB2312'], files: /gb2312|simkai|楷体/u, official: true },
      { families: ['KaiTi', '楷体'], files: /^simkai\.ttf$/u, official: true },
      { families: ['Kaiti SC', '楷体-简', 'STKaiti', '华文楷体'], files: /^(kaiti|stkaiti)\.tt[cf]$/u, official: true },
      { families: ['LXGW WenKai', '霞鹜文楷'], files: /^lxgwwenkai(gb)?-regular\.ttf$/u, official: false },
      { families: ['AR PL UKai CN'], files: /^ukai\.ttc$/u, official: false },
      // bold, because a level-2 heading must not look like the body under it
      ...notoSerifBold,
      songtiMac,
      simSun,
    ],
  },
  songti: { officialName: '宋体', choices: [simSun, ...notoSerif, songtiMac] },
  latin: {
    officialName: 'Times New Roman',
    choices: [
      { families: ['Times New Roman'], files: /^(times|times new roman)\.ttf$/u, official: true },
      standIn(['Liberation Serif'], /^liberationserif-regular\.ttf$/u),
      standIn(['Tinos'], /^tinos-regular\.ttf$/u),
      standIn(['TeX Gyre Termes'], /^texgyretermes-regular\.otf$/u),
    ],
  },
}

/** Serif carried inside the typesetter itself, for digits and Latin letters when nothing else is there. */
export const builtInLatin = 'Libertinus Serif'
