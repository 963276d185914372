import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";

/** The bytes that separate fields and lines. */
export interface CutRules {
  /** The file's name in messages. */
  readonly file: string;
  /** The byte between two fields. */
  readonly separator: number;
  /** The byte before and after a quoted field; -1 if there is none. */
  readonly quote: number;
}

export const [TAB, LINE_FEED, CARRIAGE_RETURN, BLANK] = [9, 10, 13, 32];

/** A longer field is an unclosed quote, or the file is no table. */
const LONGEST_FIELD = 1_048_576;

/** The bytes of a field: those of `source` from `from` to before `to`. */
export interface CutField {
  readonly source: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts the bytes of a table into fields, as RFC 4180 has them. A line end in a quoted field is a line feed, also where the file
 * has a carriage return before it.
 *
 * Blanks around a field without quotes, or around its quotes, are no part of it, as UCI's tables have them after each comma.
 */
export class FieldCutter implements CutField {
  readonly #rules: CutRules;
  #bytes: Uint8Array = new Uint8Array();
  #end = 0;
  #isLast = false;
  /** The bytes of the last field: those given, or others where a quote inside was doubled. */
  source: Uint8Array = this.#bytes;
  /** Where the last field begins in `source`. */
  from = 0;
  /** Where the last field ends in `source`. */
  to = 0;
  /** The line ends inside the last field. */
  breaks = 0;

  constructor(rules: CutRules) {
    this.#rules = rules;
  }

  /**
   * Sets the bytes to cut.
   *
   * @param options.end The end of the bytes; `bytes[end]` must be a line feed, which is no part of them.
   * @param options.isLast Whether no others follow.
   */
  use(bytes: Uint8Array, { end, isLast }: { readonly end: number; readonly isLast: boolean }): void {
    this.#bytes = bytes;
    this.#end = end;
    this.#isLast = isLast;
  }

  /**
   * Finds the field that begins at `at`, sets its place, and returns the place of the separator or line feed that ends it; -1 if
   * these bytes do not hold it whole.
   *
   * @throws {InputError} If it is too long, or has a quote where none may be.
   */
  cut(at: number, line: number): number {
    const { separator, quote } = this.#rules;
    const bytes = this.#bytes;
    let from = at;
    let byte = bytes[from];
    while (byte === BLANK || (byte === TAB && separator !== TAB)) byte = bytes[++from];
    if (byte === quote) return this.#cutQuoted(from + 1, line);
    let to = from;
    while (byte !== separator && byte !== LINE_FEED) {
      if (byte === quote) {
        this.#fail(line, "a field with a quote must be quoted, and the quote doubled", from);
      }
      byte = bytes[++to];
    }
    if (to - from > LONGEST_FIELD) this.#failLength(line);
    if (to >= this.#end) return -1;
    const next = to;
    if (byte === LINE_FEED && to > from && bytes[to - 1] === CARRIAGE_RETURN) to--;
    while (to > from && (bytes[to - 1] === BLANK || (bytes[to - 1] === TAB && separator !== TAB))) to--;
    this.source = bytes;
    this.from = from;
    this.to = to;
    this.breaks = 0;
    return next;
  }

  /** Cuts a field whose first byte after its quote is at `from`. */
  #cutQuoted(from: number, line: number): number {
    const { file, separator, quote } = this.#rules;
    const bytes = this.#bytes;
    let [at, extra, breaks] = [from, 0, 0];
    while (true) {
      while (bytes[at] !== quote && bytes[at] !== LINE_FEED) at++;
      if (at - from > LONGEST_FIELD) this.#failLength(line);
      if (at >= this.#end) {
        if (!this.#isLast) return -1;
        throw new InputError(
          `Cannot read data: ${file} line ${line}: a quoted field must be closed${LITERAL}`,
        );
      }
      if (bytes[at] === LINE_FEED) {
        if (at > from && bytes[at - 1] === CARRIAGE_RETURN) extra++;
        breaks++;
        at++;
        continue;
      }
      if (bytes[at + 1] !== quote) break;
      // The byte after the end is a line feed, so the second quote is within these bytes.
      extra++;
      at += 2;
    }
    let next = at + 1;
    while (bytes[next] === BLANK || (bytes[next] === TAB && separator !== TAB)) next++;
    if (bytes[next] === CARRIAGE_RETURN && bytes[next + 1] === LINE_FEED) next++;
    if (next >= this.#end) return -1;
    if (bytes[next] !== separator && bytes[next] !== LINE_FEED) {
      this.#fail(line + breaks, "a separator must follow a quoted field", next);
    }
    this.breaks = breaks;
    if (extra === 0) {
      this.source = bytes;
      this.from = from;
      this.to = at;
      return next;
    }
    this.source = new Uint8Array(at - from - extra);
    this.from = 0;
    this.to = this.source.length;
    for (let i = from, to = 0; i < at; i++) {
      if (bytes[i] === CARRIAGE_RETURN && bytes[i + 1] === LINE_FEED) continue;
      this.source[to++] = bytes[i];
      if (bytes[i] === quote) i++;
    }
    return next;
  }

  #failLength(line: number): never {
    throw new InputError(
      `Cannot read data: ${this.#rules.file} line ${line}: a field must have at most ${LONGEST_FIELD} bytes, found more`,
    );
  }

  #fail(line: number, what: string, from: number): never {
    const { file, separator } = this.#rules;
    let to = from;
    while (to < from + MOST_SHOWN && this.#bytes[to] !== separator && this.#bytes[to] !== LINE_FEED) to++;
    const found = new TextDecoder().decode(this.#bytes.subarray(from, to)).trimEnd();
    throw new InputError(
      `Cannot read data: ${file} line ${line}: ${what}, found ${quoted(found)}${LITERAL}`,
    );
  }
}

const MOST_SHOWN = 80;
const LITERAL = '; if quotes are letters of its texts, declare quote: ""';
