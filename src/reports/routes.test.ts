import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHttp } from '../runtime/http.ts'
import type { App } from '../runtime/http.ts'
import { createLog } from '../runtime/log.ts'
import { findFonts } from './fonts.ts'
import { qinggangBulletin } from './qinggang-bulletin.fixture.ts'
import { renderBulletinFiles } from './render-bulletin-files.ts'
import { reportRoutes } from './routes.ts'
import type { WantedBulletin } from './routes.ts'

const hasFonts = findFonts(['/usr/share/fonts', '/usr/local/share/fonts', '/System/Library/Fonts', '/Library/Fonts', 'C:\\Windows\\Fonts']) !== undefined
let app: App

beforeAll(async () => {
  app = await createHttp({ log: createLog('silent'), requestId: () => 'test' })
  const findBulletin = async ({ id, version }: WantedBulletin) => (id === '2025H1' && version !== 9 ? { document: qinggangBulletin, fileName: '青港市2025年上半年通报' } : undefined)
  await app.register(reportRoutes({ findBulletin, baseUrl: 'https://lp.qinggang.example', access: 'signed-in' }))
  // the programme's own route to the same bulletin must stay reachable beside ours
  app.get('/api/v1/bulletins/:id', { config: { access: 'signed-in' } }, async (request) => request.params)
})
afterAll(() => app.close())

it('answers a bulletin as a Word file under its Chinese name', async () => {
  const answer = await app.inject({ url: '/api/v1/bulletins/2025H1.docx' })
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toContain('wordprocessingml')
  expect(answer.headers['content-disposition']).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('青港市2025年上半年通报.docx')}`)
  expect(answer.rawPayload.subarray(0, 2).toString()).toBe('PK')
})

it.skipIf(!hasFonts)('answers a bulletin as PDF with an ETag, and 304 to who has it', async () => {
  const answer = await app.inject({ url: '/api/v1/bulletins/2025H1.pdf' })
  expect(answer.statusCode).toBe(200)
  expect(answer.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  const again = await app.inject({ url: '/api/v1/bulletins/2025H1.pdf', headers: { 'if-none-match': String(answer.headers['etag']) } })
  expect(again.statusCode).toBe(304)
})

it('leaves the bulletin itself to the programme', async () => {
  const answer = await app.inject({ url: '/api/v1/bulletins/2025H1' })
  expect(answer.json()).toEqual({ id: '2025H1' })
  expect(Object.keys(app.swagger().paths ?? {})).toContain('/api/v1/bulletins/{id}.pdf')
})

it('hands on the version asked for, and refuses what is no version', async () => {
  expect((await app.inject({ url: '/api/v1/bulletins/2025H1.docx?version=9' })).statusCode).toBe(404)
  expect((await app.inject({ url: '/api/v1/bulletins/2025H1.docx?version=last' })).statusCode).toBe(400)
})

it('answers 404 as a problem for a bulletin nobody here may see', async () => {
  const answer = await app.inject({ url: '/api/v1/bulletins/absent.pdf' })
  expect(answer.statusCode).toBe(404)
  expect(answer.json()).toMatchObject({ code: 'not-found' })
})

it.skipIf(!hasFonts)('says which official fonts are replaced', async () => {
  const answer = await app.inject({ url: '/api/v1/documents/fonts' })
  const said = answer.json<{ substitutions: { official: string }[]; sentence: string }>()
  for (const { official } of said.substitutions) expect(said.sentence).toContain(official)
})

it.skipIf(!hasFonts)('writes both files of a bulletin', async () => {
  const outDir = join(mkdtempSync(join(tmpdir(), 'lvpei-bulletin-')), 'new', 'folder')
  const files = await renderBulletinFiles({ document: qinggangBulletin, outDir, baseName: '青港市-2025H1', baseUrl: 'https://lp.qinggang.example' })
  expect(readFileSync(files.pdf.path).byteLength).toBe(files.pdf.bytes)
  expect(readFileSync(files.docx.path).byteLength).toBe(files.docx.bytes)
  rmSync(join(outDir, '..', '..'), { recursive: true })
})
