/** Byte stuffing of JT/T 808 §4.4.2: `7E`→`7D 02`, `7D`→`7D 01`; `7E` itself only ever delimits. */
const delimiter = 0x7e
const escapeByte = 0x7d

/**
 * Undoes the stuffing between `start` and `end`. A lone `7D` that stands for nothing is kept as it is: some devices
 * send it, and the checksum decides whether the frame is right.
 */
export function unescapeBytes(bytes: Uint8Array, start = 0, end = bytes.length): Uint8Array {
  const first = bytes.indexOf(escapeByte, start)
  if (first === -1 || first >= end) return bytes.subarray(start, end)
  const plain = new Uint8Array(end - start)
  let length = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    const code = byte === escapeByte && at + 1 < end ? bytes[at + 1]! : 0
    if (code === 1 || code === 2) {
      plain[length++] = code === 2 ? delimiter : escapeByte
      at++
    } else plain[length++] = byte
  }
  return plain.subarray(0, length)
}

/** Stuffs `plain` and puts the delimiters around it. */
export function escapeBytes(plain: Uint8Array): Uint8Array {
  let extra = 0
  for (const byte of plain) if (byte === delimiter || byte === escapeByte) extra++
  const escaped = new Uint8Array(plain.length + extra + 2)
  escaped[0] = delimiter
  let length = 1
  for (const byte of plain) {
    if (byte === delimiter || byte === escapeByte) {
      escaped[length++] = escapeByte
      escaped[length++] = byte === delimiter ? 2 : 1
    } else escaped[length++] = byte
  }
  escaped[length] = delimiter
  return escaped
}
