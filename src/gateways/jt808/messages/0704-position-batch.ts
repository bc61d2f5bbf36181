import { ByteWriter } from '../../wire/index.ts'
import type { Codec } from '../../wire/index.ts'
import { message } from '../message.ts'
import { position } from './position.ts'
import type { PositionBody } from './position.ts'

export interface PositionBatchBody {
  /** as declared; `items` holds what was really there */
  readonly total: number
  /** 0 normal, 1 re-sent from a blind area */
  readonly type: number
  readonly items: readonly PositionBody[]
}

/** Every item has its own length, so one odd item does not shift the next. */
const body: Codec<PositionBatchBody> = {
  read: (reader, edition) => {
    const total = reader.readUnsigned16()
    const type = reader.readUnsigned8()
    const items: PositionBody[] = []
    while (items.length < total && reader.remaining > 0) items.push(position.read(reader.readPart(reader.readUnsigned16()), edition))
    return { total, type, items }
  },
  write: (writer, batch, edition) => {
    writer.writeUnsigned16(batch.total)
    writer.writeUnsigned8(batch.type)
    for (const item of batch.items) {
      const bytes = new ByteWriter()
      position.write(bytes, item, edition)
      writer.writeUnsigned16(bytes.size)
      writer.writeBytes(bytes.toBytes())
    }
  },
}

/** position batch 定位数据批量上传 */
export const positionBatch = message(0x0704, 'position batch 定位数据批量上传', body)
