import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveBalancedLines, deriveRedHead, deriveTitleLines } from './derive-lines.ts'
import { pageGeometry, widthInCharacters } from './page-geometry.ts'
import { deriveWords } from './derive-typeset.ts'
import { qinggangBulletin } from './qinggang-bulletin.fixture.ts'

describe('lines of a title', () => {
  it('breaks at words, evenly, and keeps compounds whole', () => {
    expect(deriveTitleLines(qinggangBulletin.title)).toEqual(['关于2025年上半年城市绿色货运配送', '示范工程创建工作进展情况的通报'])
    expect(deriveTitleLines('关于召开推进会的通知')).toEqual(['关于召开推进会的通知'])
  })

  it('loses no character and makes no empty line, whatever the title', () => {
    const words = fc.array(fc.constantFrom('关于', '2025年', '城市', '配送', '（第一批）', '的', '通报', '领导小组', '%', '、'), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 30 }), (parts, width) => {
        const text = parts.join('')
        const lines = deriveBalancedLines(text, width)
        expect(lines.join('')).toBe(text)
        expect(lines.every((line) => line.length > 0)).toBe(true)
      }),
    )
  })
})

describe('red head', () => {
  it.each(['青港市人民政府文件', '青港市交通运输局文件', `${qinggangBulletin.issuer}文件`])('%s fits the type area', (text) => {
    const head = deriveRedHead(text)
    expect(head.lines.join('')).toBe(text)
    expect(head.sizePoints).toBeGreaterThanOrEqual(28)
    for (const line of head.lines) expect(widthInCharacters(line) * head.sizePoints * head.scale).toBeLessThanOrEqual(pageGeometry.typeAreaWidthPoints)
  })

  it('does not take 示范工程 apart', () => {
    expect(deriveRedHead(`${qinggangBulletin.issuer}文件`).lines).toEqual(['青港市城市绿色货运配送示范工程', '创建工作领导小组办公室文件'])
  })
})

describe('signature', () => {
  it('is centred over a date that stands four characters in', () => {
    // 2025年7月15日 is 6.5 wide, its middle 7.25 from the edge; 12 characters reach 6 to each side
    expect(deriveWords({ ...qinggangBulletin, signature: '青港市绿色货运配送办公室' }).signatureIndent).toBe(1.25)
  })

  it('keeps two characters when it is too long for that, and none when it fills the line', () => {
    expect(deriveWords({ ...qinggangBulletin, signature: '城'.repeat(25) }).signatureIndent).toBe(2)
    expect(deriveWords({ ...qinggangBulletin, signature: '城'.repeat(28) }).signatureIndent).toBe(0)
  })
})
