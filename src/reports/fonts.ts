import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { homedir, platform } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ProblemError } from '../base/problems.ts'
import { builtInLatin, fontRoles } from './font-roles.ts'
import type { FontRole } from './font-roles.ts'
import { readFontFamilies } from './font-names.ts'
import { reportProblem } from './problems.ts'

/** The font a role is really set in on this machine. */
export interface ChosenFont {
  readonly role: FontRole
  /** name GB/T 9704 documents carry */
  readonly officialName: string
  /** family as the typesetter knows it */
  readonly family: string
  /** null: carried inside the typesetter */
  readonly file: string | null
  readonly official: boolean
  readonly weight: 'regular' | 'bold'
}

export type FontSet = Readonly<Record<FontRole, ChosenFont>>

/** One free family with all its weights; the Chinese text of a PDF can be set in it when the machine has nothing. */
const fontPackage = { name: '@expo-google-fonts/noto-serif-sc', version: '0.4.3', megabytes: 65 }
const fontDirectory = fileURLToPath(new URL('../../.cache/fonts', import.meta.url))

const standardFolders = (): string[] => {
  const home = homedir()
  const byPlatform: Readonly<Record<string, readonly string[]>> = {
    darwin: ['/System/Library/Fonts', '/Library/Fonts', join(home, 'Library/Fonts')],
    win32: ['C:\\Windows\\Fonts', join(home, 'AppData\\Local\\Microsoft\\Windows\\Fonts')],
  }
  const others = ['/usr/share/fonts', '/usr/local/share/fonts', join(home, '.fonts'), join(home, '.local/share/fonts')]
  return [...(byPlatform[platform()] ?? others)]
}

/** Every font file under the folders; folders that are absent or closed to us count as empty. */
function listFontFiles(folders: readonly string[]): { name: string; path: string }[] {
  return folders.filter(existsSync).flatMap((folder) => {
    try {
      return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => /\.(ttf|ttc|otf)$/iu.test(entry.name))
        .map((entry) => ({ name: entry.name.toLowerCase(), path: join(entry.parentPath, entry.name) }))
    } catch {
      return []
    }
  })
}

/**
 * Chooses a font for every role out of the given folders; pure but for reading font files.
 * @returns undefined when no Chinese font is there at all
 */
export function findFonts(folders: readonly string[]): FontSet | undefined {
  const files = listFontFiles(folders)
  const chosen = Object.fromEntries((Object.keys(fontRoles) as FontRole[]).map((role) => [role, chooseFont(role, files)]))
  const missing = (role: FontRole) => chosen[role] === undefined
  if (missing('fangsong')) return undefined
  const body = chosen['fangsong']!
  for (const role of Object.keys(fontRoles) as FontRole[]) {
    const { officialName } = fontRoles[role]
    if (!missing(role)) continue
    chosen[role] = role === 'latin'
      ? { role, officialName, family: builtInLatin, file: null, official: false, weight: 'regular' }
      : { ...body, role, officialName, official: false }
  }
  return chosen as FontSet
}

function chooseFont(role: FontRole, files: readonly { name: string; path: string }[]): ChosenFont | undefined {
  const { choices, officialName } = fontRoles[role]
  for (const choice of choices) {
    for (const file of files) {
      if (!choice.files.test(file.name)) continue
      const carried = readFontFamilies(file.path)
      const family = choice.families.find((each) => carried.includes(each))
      if (family === undefined) continue
      return { role, officialName, family, file: file.path, official: choice.official, weight: choice.weight ?? 'regular' }
    }
  }
  return undefined
}

/** Fetches the packaged font through npm into `.cache/fonts`; says so in one line. */
async function fetchFonts(say: (line: string) => void): Promise<void> {
  await mkdir(fontDirectory, { recursive: true })
  say(`没有找到中文字体，正在通过 npm 获取 ${fontPackage.name}（约 ${fontPackage.megabytes} MB，只需一次）…`)
  const args = ['install', '--prefix', fontDirectory, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', `${fontPackage.name}@${fontPackage.version}`]
  const reason = await new Promise<string | null>((done) => {
    const npm = spawn('npm', args, { stdio: ['ignore', 'ignore', 'pipe'], shell: platform() === 'win32' })
    let complaint = ''
    npm.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    npm.on('error', (error) => done(error.message))
    npm.on('close', (code) => done(code === 0 ? null : complaint.trim().split('\n')[0] || `npm ${code}`))
  })
  if (reason !== null) throw new ProblemError(reportProblem('fonts-missing', { reason }), 503)
  await dropOtherWeights()
  say('中文字体已就绪')
}

/** The package carries eight weights; two are used, the others are 90 MB of nothing. */
async function dropOtherWeights(): Promise<void> {
  const unused = listFontFiles([fontDirectory]).filter((file) => !/_(400regular|700bold)\.ttf$/u.test(file.name))
  await Promise.all(unused.map((file) => rm(file.path)))
}

export interface FontSearch {
  /** folders looked through; default: the standard font folders of this system, then `.cache/fonts` */
  readonly folders?: readonly string[]
  /** false: never fetch a font */
  readonly fetch?: boolean
  /** progress line; default: standard error */
  readonly say?: (line: string) => void
}

let standardFonts: Promise<FontSet> | undefined

/**
 * The fonts of this machine by role, looked up once a process; fetched through npm when there is no Chinese font.
 * @throws ProblemError `fonts-missing`, with what to install
 */
export function loadFonts(search: FontSearch = {}): Promise<FontSet> {
  if (search.folders) return searchFonts(search)
  standardFonts ??= searchFonts(search).catch((error: unknown) => {
    standardFonts = undefined
    throw error
  })
  return standardFonts
}

async function searchFonts({ folders, fetch = true, say = (line) => void process.stderr.write(`lvpei: ${line}\n`) }: FontSearch): Promise<FontSet> {
  const places = folders ?? [...standardFolders(), fontDirectory]
  const found = findFonts(places)
  if (found) return found
  if (!fetch) throw new ProblemError(reportProblem('fonts-missing', { reason: '未尝试获取' }), 503)
  await fetchFonts(say)
  const fetched = findFonts([...places, fontDirectory])
  if (!fetched) throw new ProblemError(reportProblem('fonts-missing', { reason: `${fontPackage.name} 中没有可用的字体文件` }), 503)
  return fetched
}

/** One stand-in font: `official` is what the standard asks for, `used` what the PDF is set in. */
export interface FontSubstitution {
  readonly official: string
  readonly used: string
}

/** Which official fonts are replaced in the PDF made on this machine; empty when all are installed. Word files name the official fonts. */
export const listSubstitutions = (fonts: FontSet): FontSubstitution[] =>
  Object.values(fonts)
    .filter((each) => !each.official)
    .map((each) => ({ official: each.officialName, used: each.weight === 'bold' ? `${each.family} Bold` : each.family }))

/** One Chinese sentence for people and document metadata; empty when nothing is replaced. */
export function substitutionSentence(fonts: FontSet): string {
  const pairs = listSubstitutions(fonts).map((each) => `${each.official}以 ${each.used} 代替`)
  return pairs.length === 0 ? '' : `本机未安装部分公文字体，PDF 中${pairs.join('，')}；Word 文件仍标注规定字体。`
}

/** Substitutions and the sentence about them, for the web and the command line. */
export async function describeFonts(search: FontSearch = {}): Promise<{ substitutions: FontSubstitution[]; sentence: string }> {
  const fonts = await loadFonts(search)
  return { substitutions: listSubstitutions(fonts), sentence: substitutionSentence(fonts) }
}
