/** What scanners of the internet say first. Devices of our protocols never begin like this. */
const greetings = ['GET ', 'POST', 'HEAD', 'PUT ', 'OPTI', 'DELE', 'CONN', 'TRAC', 'PATC', 'PRI ', 'SSH-', 'MGLN'].map((text) => [...Buffer.from(text)])

/** TLS handshake record, version 3.x */
const tlsHello = [0x16, 0x03]

const startsWith = (chunk: Uint8Array, prefix: readonly number[]): boolean => chunk.length >= prefix.length && prefix.every((byte, at) => chunk[at] === byte)

/** Whether the first bytes of a connection are a web browser, a TLS client or SSH: turned away before anything is kept of them. */
export const isStranger = (firstChunk: Uint8Array): boolean => startsWith(firstChunk, tlsHello) || greetings.some((greeting) => startsWith(firstChunk, greeting))
