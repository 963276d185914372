/** A run of a file, as {@link DigestRequest} lists it. */
export interface DigestPiece {
  readonly length: number;
  /** Shared memory into which the other thread reads the run; null if this thread reads it itself. */
  readonly bytes: Uint8Array | null;
}

/** Asks for the digest of a file; the answer is its SHA-256, 64 hexadecimal digits. */
export interface DigestRequest {
  readonly path: string;
  /** The whole file from its beginning. */
  readonly pieces: readonly DigestPiece[];
  /** How many pieces with bytes the other thread has read so far; it notifies of each. */
  readonly read: Int32Array;
}
