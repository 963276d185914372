/** How {@link LineTail.read} goes on. */
export interface TailRead {
  /** Whole lines that were not read before, without their ends. */
  readonly lines: readonly string[];
  /** Whether the file is another than at the last read, so that what was read before no longer counts. */
  readonly isNew: boolean;
  /** Whether more can be read at once. */
  readonly isMore: boolean;
}

const CHUNK_BYTES = 1 << 22;
const LINE_END = 0x0a;

/** Reads the lines of a file that grows, a few megabytes at a time; a file that is missing has none. */
export class LineTail {
  readonly #path: string;
  #offset = 0;
  #file: number | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** How much of the file is read, a fraction. */
  async share(): Promise<number> {
    const size = (await statIfThere(this.#path))?.size ?? 0;
    return size === 0 ? 1 : Math.min(1, this.#offset / size);
  }

  /** Reads what has come since; a last line without its end is left for later. */
  async read(): Promise<TailRead> {
    const stat = await statIfThere(this.#path);
    const isNew = stat === null ? this.#file !== null : stat.ino !== this.#file || stat.size < this.#offset;
    if (isNew) this.#offset = 0;
    this.#file = stat?.ino ?? null;
    if (stat === null || stat.size === this.#offset) return { lines: [], isNew, isMore: false };
    const bytes = await this.#chunk(Math.min(CHUNK_BYTES, stat.size - this.#offset));
    const end = bytes.lastIndexOf(LINE_END) + 1;
    this.#offset += end;
    const text = new TextDecoder().decode(bytes.subarray(0, end));
    const lines = text === "" ? [] : text.slice(0, -1).split("\n");
    return { lines, isNew, isMore: end > 0 && this.#offset < stat.size };
  }

  async #chunk(size: number): Promise<Uint8Array> {
    using file = await Deno.open(this.#path);
    await file.seek(this.#offset, Deno.SeekMode.Start);
    const bytes = new Uint8Array(size);
    let length = 0;
    while (length < size) {
      const count = await file.read(bytes.subarray(length));
      if (count === null) break;
      length += count;
    }
    return bytes.subarray(0, length);
  }
}

async function statIfThere(path: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
