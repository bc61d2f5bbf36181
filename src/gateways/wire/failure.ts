/** What can be wrong with bytes from outside. The code is stable: it is stored with the fault and counted. */
export type DecodeFailureCode =
  | 'not-hex'
  | 'delimiters-missing'
  | 'start-marker-missing'
  | 'frame-too-short'
  | 'frame-too-long'
  | 'checksum-mismatch'
  | 'body-length-mismatch'
  | 'body-malformed'

/**
 * Thrown while decoding and caught at the nearest border (frame, message, line), which answers with `code` and `message`.
 * It never means that we are broken, only that these bytes are not what they claim to be.
 */
export class DecodeFailure extends Error {
  readonly code: DecodeFailureCode

  constructor(code: DecodeFailureCode, message: string) {
    super(message)
    this.name = 'DecodeFailure'
    this.code = code
  }
}
