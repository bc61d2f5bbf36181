import ExcelJS from 'exceljs'
import type { Actor } from '../accounts/actor.ts'
import type { Answer, callerOf } from './sample-app.ts'

/** A workbook with one sheet of these rows. */
export async function workbookOf(rows: readonly (readonly unknown[])[], change?: (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('车辆')
  for (const row of rows) sheet.addRow([...row])
  change?.(sheet, workbook)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** Uploads as a browser does; the fourth argument chooses another register. */
export async function uploadWorkbook(call: ReturnType<typeof callerOf>, actor: Actor, bytes: Buffer, plural = 'sample-trucks'): Promise<Answer> {
  const boundary = 'lvpei-test-boundary'
  const body = Buffer.concat([Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="车辆.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return call(actor, 'POST', `/api/v1/${plural}/imports`, { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } })
}
