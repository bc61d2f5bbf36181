import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readFontFamilies } from './font-names.ts'
import { findFonts, listSubstitutions, loadFonts, substitutionSentence } from './fonts.ts'

const folder = mkdtempSync(join(tmpdir(), 'lvpei-fonts-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The smallest file that has a `name` table with one family name (platform 3, UTF-16). */
function fontFile(family: string): Buffer {
  const name = Buffer.from(family, 'utf16le').swap16()
  const file = Buffer.alloc(12 + 16 + 6 + 12 + name.length)
  file.writeUInt32BE(0x00010000, 0)
  file.writeUInt16BE(1, 4)
  file.write('name', 12, 'latin1')
  file.writeUInt32BE(28, 20)
  file.writeUInt32BE(18 + name.length, 24)
  file.writeUInt16BE(1, 30)
  file.writeUInt16BE(18, 32)
  file.writeUInt16BE(3, 34)
  file.writeUInt16BE(1, 40)
  file.writeUInt16BE(name.length, 42)
  name.copy(file, 46)
  return file
}

const put = (place: string, name: string, content: Buffer): string => {
  const path = join(place, name)
  writeFileSync(path, content)
  return path
}

describe('family names of a font file', () => {
  it('are read from the name table, Chinese ones too', () => {
    expect(readFontFamilies(put(folder, 'a.ttf', fontFile('方正小标宋简体')))).toEqual(['方正小标宋简体'])
  })

  it('are none in a file that is no font, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, collection) => {
        const content = Buffer.from(bytes)
        if (collection) content.write('ttcf', 0, 'latin1')
        expect(Array.isArray(readFontFamilies(put(folder, 'noise.ttf', content)))).toBe(true)
      }),
    )
  })
})

describe('fonts of a machine', () => {
  it('are the official ones where they are installed, and the rest is said to be replaced', () => {
    const place = mkdtempSync(join(folder, 'office-'))
    put(place, 'simfang.ttf', fontFile('FangSong'))
    put(place, 'FZXBSJW.TTF', fontFile('方正小标宋简体'))
    const fonts = findFonts([place])!
    expect(fonts.fangsong).toMatchObject({ family: 'FangSong', official: true })
    expect(fonts.xiaobiaosong).toMatchObject({ family: '方正小标宋简体', official: true })
    expect(fonts.heiti).toMatchObject({ family: 'FangSong', official: false })
    expect(listSubstitutions(fonts).map((each) => each.official)).toEqual(['黑体', '楷体_GB2312', '宋体', 'Times New Roman'])
    expect(substitutionSentence(fonts)).toContain('黑体以 FangSong 代替')
  })

  it('does not trust a file name: a font by another name inside is passed over', () => {
    const place = mkdtempSync(join(folder, 'liar-'))
    put(place, 'simfang.ttf', fontFile('Comic Sans'))
    expect(findFonts([place])).toBeUndefined()
  })

  it('ends in a problem that says what to install when there are none', async () => {
    const place = mkdtempSync(join(folder, 'empty-'))
    await expect(loadFonts({ folders: [place, join(folder, 'absent')], fetch: false })).rejects.toMatchObject({
      status: 503,
      problems: [{ code: 'fonts-missing', action: expect.stringContaining('fonts-noto-cjk') }],
    })
  })
})
