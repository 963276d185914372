import type { CutField } from "../../text/field_cutter.ts";

/** A power of two, as all numbers of slots are. */
const SLOTS = 64;

/** The distinct texts of a column by their bytes, so that a text is decoded only where it is new. */
export class TextDictionary {
  /** The distinct texts, without those that stand for a missing value. */
  readonly texts: string[] = [];
  /** How many rows have each of `texts`. */
  readonly counts: number[] = [];
  /** The first row of each of `texts`. */
  readonly firstRows: number[] = [];
  readonly #decode: (bytes: Uint8Array) => string;
  readonly #isMissing: (text: string) => boolean;
  /** For each text that was met, also for a missing one: where its bytes begin; one more for the end. */
  #starts = new Int32Array(SLOTS);
  #hashes = new Int32Array(SLOTS);
  /** Its index in `texts`, or -1. */
  #indices = new Int32Array(SLOTS);
  /** Numbers of the texts that were met, from 1, by their hash; 0 where a slot is free. */
  #slots = new Int32Array(2 * SLOTS);
  #bytes = new Uint8Array(1024);
  #met = 0;
  #lastRow = -1;

  /**
   * @param options.decode Returns the text of bytes.
   * @param options.isMissing Whether a text stands for a missing value.
   */
  constructor({ decode, isMissing }: {
    readonly decode: (bytes: Uint8Array) => string;
    readonly isMissing: (text: string) => boolean;
  }) {
    this.#decode = decode;
    this.#isMissing = isMissing;
  }

  /** Returns the index of a field's text in `texts`, which may be new; NaN if it stands for a missing value. */
  add(field: CutField, row: number): number {
    const { source, from, to } = field;
    let hash = -2128831035;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ source[at], 16777619);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const met = this.#slots[slot] - 1;
      if (this.#hashes[met] === hash && this.#isSame(met, field)) return this.#count(met, row);
    }
    this.#hashes[this.#met] = hash;
    this.#slots[slot] = this.#met + 1;
    return this.#insert(field, row);
  }

  #isSame(met: number, { source, from, to }: CutField): boolean {
    const start = this.#starts[met];
    const length = to - from;
    if (this.#starts[met + 1] - start !== length) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[start + i] !== source[from + i]) return false;
    return true;
  }

  #count(met: number, row: number): number {
    const index = this.#indices[met];
    if (index === -1) return NaN;
    // A record is read again where its end was not there.
    if (row > this.#lastRow) this.counts[index]++;
    this.#lastRow = row;
    return index;
  }

  #insert({ source, from, to }: CutField, row: number): number {
    const bytes = source.subarray(from, to);
    const text = this.#decode(bytes);
    const met = this.#met++;
    const start = this.#starts[met];
    const end = start + bytes.length;
    if (end > this.#bytes.length) this.#bytes = longer(this.#bytes, 2 * end);
    this.#bytes.set(bytes, start);
    const isMissing = this.#isMissing(text);
    this.#indices[met] = isMissing ? -1 : this.texts.length;
    // There is always room for the end of the last text, and for the hash of the next.
    if (met + 2 === this.#hashes.length) this.#grow();
    this.#starts[met + 1] = end;
    if (isMissing) return NaN;
    this.#lastRow = row;
    this.texts.push(text);
    this.counts.push(1);
    this.firstRows.push(row);
    return this.texts.length - 1;
  }

  #grow(): void {
    const length = 2 * this.#hashes.length;
    this.#starts = longer(this.#starts, length);
    this.#hashes = longer(this.#hashes, length);
    this.#indices = longer(this.#indices, length);
    this.#slots = new Int32Array(2 * length);
    const mask = this.#slots.length - 1;
    for (let met = 0; met < this.#met; met++) {
      let slot = this.#hashes[met] & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = met + 1;
    }
  }
}

function longer<T extends Int32Array | Uint8Array>(array: T, length: number): T {
  // Both constructors take a length and make their own type, which TypeScript cannot see.
  const made = new (array.constructor as new (length: number) => T)(length);
  made.set(array);
  return made;
}
