import { InputError } from "../../core/check/errors.ts";
import { ifThere } from "../../files/if_there.ts";

/** The result of {@link LineTail.read}. */
export interface TailRead {
  /** Complete lines that were not read before, without their ends. */
  readonly lines: readonly string[];
  /** Whether the file was replaced since the last read, so that earlier lines are invalid. */
  readonly isNew: boolean;
  /** Whether more can be read at once. */
  readonly isMore: boolean;
}

const CHUNK_BYTES = 1 << 20;
const SEAM_BYTES = 256;
// Twenty times the length of the largest experiment's grid.
const MOST_LINE_BYTES = 1 << 29;
const LINE_END = 0x0a;

/** Reads the lines of a growing file, a megabyte at a time; a missing file has none. */
export class LineTail {
  readonly #path: string;
  #offset = 0;
  #file: number | null = null;
  /** The last bytes that were read, to detect a file that was overwritten in place. */
  #seam = new Uint8Array();

  constructor(path: string) {
    this.#path = path;
  }

  /** Returns the share of the file that has been read, a fraction. */
  async share(): Promise<number> {
    using file = await ifThere({ action: "read", path: this.#path }, () => Deno.open(this.#path));
    const size = (await file?.stat())?.size ?? 0;
    return size === 0 ? 1 : Math.min(1, this.#offset / size);
  }

  /** Reads the new lines; an incomplete last line is left for later. */
  async read(): Promise<TailRead> {
    using file = await ifThere({ action: "read", path: this.#path }, () => Deno.open(this.#path));
    if (file === null) {
      const wasThere = this.#file !== null;
      this.#forget(null);
      return { lines: [], isNew: wasThere, isMore: false };
    }
    const { ino, size } = await file.stat();
    const seam = await readAt(file, { from: this.#offset - this.#seam.length, length: this.#seam.length });
    const isNew = ino !== this.#file || !isEqual(seam, this.#seam);
    if (isNew) this.#forget(ino);
    const from = this.#offset;
    let bytes = new Uint8Array();
    // The first line of a run has its whole grid, and may be longer than a chunk.
    for (let length = CHUNK_BYTES; !bytes.includes(LINE_END); length *= 2) {
      if (length > MOST_LINE_BYTES) {
        throw new InputError(
          `Cannot read ${this.#path}: a line must have at most ${MOST_LINE_BYTES} bytes, found more at byte ${from}`,
        );
      }
      bytes = await readAt(file, { from, length: Math.min(length, size - from) });
      if (length >= size - from) break;
    }
    const end = bytes.lastIndexOf(LINE_END) + 1;
    if (end === 0) return { lines: [], isNew, isMore: false };
    this.#offset += end;
    this.#seam = bytes.slice(Math.max(0, end - SEAM_BYTES), end);
    const lines = new TextDecoder().decode(bytes.subarray(0, end - 1)).split("\n");
    return { lines, isNew, isMore: from + bytes.length < size };
  }

  #forget(file: number | null): void {
    this.#file = file;
    this.#offset = 0;
    this.#seam = new Uint8Array();
  }
}

/** Reads up to `length` bytes. */
async function readAt(
  file: Deno.FsFile,
  { from, length }: { readonly from: number; readonly length: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(Math.max(0, length));
  await file.seek(from, Deno.SeekMode.Start);
  let filled = 0;
  while (filled < bytes.length) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
