import { daysOfTime } from "./date_reader.ts";
import { LINE_FEED } from "./field_cutter.ts";

const [BLANK, MINUS, ZERO, COLON, LETTER_T] = [32, 45, 48, 58, 84];

/**
 * Reads dates of ISO 8601 from bytes without making texts: a day, or a day with hours, minutes and whole seconds. Others are left
 * to the reader of texts.
 */
export class IsoDateScanner {
  /** The last date, in days since 1970-01-01. */
  value = 0;
  readonly #separator: number;

  constructor({ separator }: { readonly separator: number }) {
    this.#separator = separator;
  }

  /**
   * Reads the date at `start`, sets `value`, and returns the place of the separator or line feed after it; -1 if this is no such date.
   * There must be a line feed after the bytes.
   */
  scan(bytes: Uint8Array, start: number): number {
    const year = 100 * twoDigits(bytes, start) + twoDigits(bytes, start + 2);
    const month = twoDigits(bytes, start + 5);
    const day = twoDigits(bytes, start + 8);
    if (!(year >= 0 && month >= 0 && day >= 0)) return -1;
    if (bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return -1;
    let [at, hour, minute, second] = [start + 10, 0, 0, 0];
    if (bytes[at] === LETTER_T || bytes[at] === BLANK) {
      hour = twoDigits(bytes, at + 1);
      minute = twoDigits(bytes, at + 4);
      if (!(hour >= 0 && minute >= 0) || bytes[at + 3] !== COLON) return -1;
      at += 6;
      if (bytes[at] === COLON) {
        second = twoDigits(bytes, at + 1);
        if (!(second >= 0)) return -1;
        at += 3;
      }
    }
    if (bytes[at] !== this.#separator && bytes[at] !== LINE_FEED) return -1;
    const days = daysOfTime({ year, month, day, hour, minute, second });
    if (days === null) return -1;
    this.value = days;
    return at;
  }
}

/** Returns a number of two digits; NaN if they are none, since a line feed is among them or they are not there. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [bytes[at] - ZERO, bytes[at + 1] - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : NaN;
}
