const LINE_END = 10;

/** Reads a stream by lines and by numbers of bytes. At the end of the stream, it gives what there is. */
export class ByteReader {
  readonly #stream: ReadableStreamDefaultReader<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#stream = stream.getReader();
  }

  /** Returns the next line without its end; null at the end of the stream. */
  async line(): Promise<string | null> {
    const parts: Uint8Array[] = [];
    while (await this.#fill()) {
      const end = this.#chunk.indexOf(LINE_END);
      parts.push(this.#cut(end === -1 ? this.#chunk.length : end));
      if (end === -1) continue;
      this.#cut(1);
      return new TextDecoder().decode(joined(parts));
    }
    return parts.length === 0 ? null : new TextDecoder().decode(joined(parts));
  }

  /** Returns the next bytes. */
  async take(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let left = count; left > 0 && await this.#fill(); left -= parts.at(-1)!.length) {
      parts.push(this.#cut(Math.min(left, this.#chunk.length)));
    }
    return joined(parts);
  }

  /** Leaves out the next bytes. */
  async skip(count: number): Promise<null> {
    for (let left = count; left > 0 && await this.#fill();) {
      left -= this.#cut(Math.min(left, this.#chunk.length)).length;
    }
    return null;
  }

  /** Ends the stream. */
  async cancel(): Promise<void> {
    await this.#stream.cancel();
  }

  /** Returns whether there are bytes, after reading more where there are none. */
  async #fill(): Promise<boolean> {
    while (this.#chunk.length === 0) {
      const { value, done } = await this.#stream.read();
      if (done) return false;
      this.#chunk = value;
    }
    return true;
  }

  #cut(count: number): Uint8Array {
    const part = this.#chunk.subarray(0, count);
    this.#chunk = this.#chunk.subarray(count);
    return part;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
