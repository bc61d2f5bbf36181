import iconv from 'iconv-lite'

const gbkDecoder = new TextDecoder('gbk')

/** GBK bytes to text; the 00 padding on either side is dropped (2019 devices pad fixed strings on the left as well). Bad bytes become U+FFFD. */
export function decodeText(bytes: Uint8Array): string {
  let start = 0
  let end = bytes.length
  while (start < end && bytes[start] === 0) start++
  while (end > start && bytes[end - 1] === 0) end--
  return gbkDecoder.decode(bytes.subarray(start, end))
}

/** Text to GBK bytes; a character GBK does not have becomes `?`. */
export const encodeText = (text: string): Uint8Array => iconv.encode(text, 'gbk')

const hexPairs = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))

/** Two lower-case hex digits of a byte: also the two decimal digits of a BCD byte. */
export const hexOfByte = (byte: number): string => hexPairs[byte]!

/** Lower-case hex of the bytes `start` (inclusive) to `end` (exclusive). Also reads BCD: its digits are its hex. */
export function hexOf(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = ''
  for (let at = start; at < end; at++) text += hexPairs[bytes[at]!]!
  return text
}

/** Bytes of a hex text with an even number of digits and nothing else; undefined when it is not one. */
export function findBytesOfHex(hex: string): Uint8Array | undefined {
  if (hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(hex)) return undefined
  return new Uint8Array(Buffer.from(hex, 'hex'))
}
