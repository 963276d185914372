import { InputError } from "../../../core/check/errors.ts";
import { LINE_FEED } from "../../text/field_cutter.ts";
import type { RecordScanner } from "./record_scanner.ts";

/** Options of {@link scanChunks}. */
export interface ScanChunksOptions {
  readonly scanner: RecordScanner;
  /** The file's name in messages. */
  readonly file: string;
  /** Called with the first record, which is then no row; null if that is a row. */
  readonly onHeader: ((fields: readonly string[]) => void) | null;
  /** Bytes that are scanned at once. Default: 1 MB. */
  readonly leastBytes?: number;
}

/**
 * Has a scanner read the text of a file, which comes in chunks of any length.
 *
 * @throws {InputError} If the text has no header where one is needed, or the scanner refuses a record.
 */
export async function scanChunks(
  chunks: AsyncIterable<Uint8Array>,
  { scanner, file, onHeader, leastBytes = 1_048_576 }: ScanChunksOptions,
): Promise<void> {
  let bytes = new Uint8Array(2 * leastBytes + 2);
  let [length, wanted, needsHeader] = [0, leastBytes, onHeader !== null];
  const scan = (isLast: boolean) => {
    // The last line may lack its end; after all bytes there is one more line feed.
    const end = isLast && length > 0 ? length + 1 : length;
    bytes.fill(LINE_FEED, length, length + 2);
    scanner.use(bytes, { end, isLast });
    let at = 0;
    if (needsHeader) {
      const start = scanner.skip(0);
      at = start < 0 ? -1 - start : start;
      const header = start >= 0 && at < end ? scanner.readTexts(at) : null;
      if (header !== null) {
        onHeader?.(header.fields);
        at = header.next;
        needsHeader = false;
      }
    }
    if (!needsHeader) at = scanner.scan(at);
    bytes.copyWithin(0, at, length);
    length = Math.max(0, length - at);
    // Each byte of a record that is longer is scanned a few times at most.
    wanted = Math.max(leastBytes, 2 * length);
  };
  for await (const chunk of chunks) {
    if (length + chunk.length + 2 > bytes.length) {
      const longer = new Uint8Array(2 * (length + chunk.length) + 2);
      longer.set(bytes.subarray(0, length));
      bytes = longer;
    }
    bytes.set(chunk, length);
    length += chunk.length;
    if (length >= wanted) scan(false);
  }
  scan(true);
  if (needsHeader) throw new InputError(`Cannot read data: ${file} must have a header, found an empty file`);
}
