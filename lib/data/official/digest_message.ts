/** A range of a file in a {@link DigestRequest}. */
export interface DigestPiece {
  readonly length: number;
  /** Shared memory into which the other thread reads the range; null if this thread reads it itself. */
  readonly bytes: Uint8Array | null;
}

/** A request for the digest of a file; the answer is its SHA-256, 64 hexadecimal digits. */
export interface DigestRequest {
  readonly path: string;
  /** The whole file from its beginning. */
  readonly pieces: readonly DigestPiece[];
  /** The number of pieces with bytes that the other thread has read so far; it notifies after each. */
  readonly read: Int32Array;
}
