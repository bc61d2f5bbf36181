import { ByteReader, ByteWriter } from '../wire/index.ts'
import type { Codec } from '../wire/index.ts'

/** One message id of the standard: what it is called and how its body lies in the bytes. */
export interface Message<Body = unknown> {
  readonly id: number
  /** the standard's name for it */
  readonly title: string
  readonly body: Codec<Body>
}

export const message = <Body>(id: number, title: string, body: Codec<Body>): Message<Body> => ({ id, title, body })

/** Body bytes → body. Throws `body-malformed` when they end too early. Bytes behind the last field are left alone: vendors append. */
export const decodeBody = <Body>(definition: Message<Body>, bytes: Uint8Array, edition: string): Body =>
  definition.body.read(new ByteReader(bytes), edition)

/** Body → body bytes. */
export function encodeBody<Body>(definition: Message<Body>, body: Body, edition: string): Uint8Array {
  const writer = new ByteWriter()
  definition.body.write(writer, body, edition)
  return writer.toBytes()
}
