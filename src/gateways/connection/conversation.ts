/** What became of one piece of the stream. */
export interface Handled {
  /** Settles when all facts of the piece are durable; null when it holds none. */
  readonly durable: Promise<void> | null
  /** Sent back when that is so; null when the piece gets no answer. */
  readonly answer: Uint8Array | null
  /** Made and sent back instead when it could not be made durable: the device keeps its data and sends them again. */
  readonly refusal: (() => Uint8Array | null) | null
}

/** The protocol's side of one connection: cutting, reading, remembering. Knows nothing of sockets. */
export interface Conversation<Piece> {
  /** Cuts the next bytes into pieces, in order. Bounded: keeps at most one unfinished frame. */
  split(chunk: Uint8Array): readonly Piece[]
  /** Reads one piece; pieces come one after another, but the next may come before the last one is durable. */
  handle(piece: Piece): Handled | Promise<Handled>
  /** About once a second; returns bytes to send unasked. */
  tick(now: number): Uint8Array | null
  /** Bytes so far that belong to no frame. */
  readonly droppedBytes: number
  /** Whether a known device has spoken here. */
  readonly isTrusted: boolean
  close(): void
}
