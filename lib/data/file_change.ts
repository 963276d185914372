import { sha256Hex } from "../core/numbers/digest.ts";
import { LONGEST_TEXT, readBytes } from "../files/read_bytes.ts";
import type { Identity } from "./base/data_source.ts";
import type { DataSpec } from "./base/data_spec.ts";
import { digestOf } from "./data_digest.ts";
import { csvIdentity } from "./csv/csv_data.ts";
import { readCsvBytes } from "./csv/load_csv.ts";
import { listFiles } from "./reading/list_files.ts";
import { tableDigests } from "./reading/table_digests.ts";
import { isPackaged } from "./table/is_packaged.ts";
import { tableIdentity } from "./table/table_data.ts";
import { gunzip, isGzipName } from "./text/gunzip.ts";

/** Options of {@link fileChange}. */
export interface FileChangeOptions {
  /** Folder to which the file's path is relative. */
  readonly baseDir: string;
  /** The earlier digest of the data. */
  readonly before: string;
  /** The file's name in the sentence. */
  readonly name: string;
}

/** How a file changed. */
export interface FileChange {
  /** A sentence without its full stop; its subject is the file. */
  readonly text: string;
  /** Whether the content differs in form only, as the sentence says. */
  readonly isOnlyForm: boolean;
}

/**
 * Returns how the file of a data set changed since an earlier digest, or null if it is unchanged or missing. Other
 * line ends and a byte-order mark leave the rows unchanged; anything else is new content.
 *
 * @param spec The declaration of the data at the time of the earlier digest.
 * @throws {InputError} If the file cannot be read.
 */
export async function fileChange(
  spec: DataSpec,
  { baseDir, before, name }: FileChangeOptions,
): Promise<FileChange | null> {
  const held = await heldFile(spec, { baseDir });
  if (held === null) return null;
  const { bytes, identify } = held;
  const isOld = (form: Uint8Array) => digestOf(spec, identify(form)) === before;
  if (isOld(bytes)) return null;
  const now = formOf(bytes);
  for (const lineEnd of ["\n", "\r\n"] as const) {
    for (const hasMark of [false, true]) {
      const form = { lineEnd, hasMark };
      if (isOld(inForm(bytes, form))) {
        return { text: changeOf(form, { now, name }), isOnlyForm: true };
      }
    }
  }
  return { text: `${name} has new content`, isOnlyForm: false };
}

/** A file of text, and what identifies its data with other bytes in it. */
interface HeldFile {
  readonly bytes: Uint8Array;
  readonly identify: (bytes: Uint8Array) => Identity;
}

/** Returns the one file of a data set; null if it has none, or several. */
async function heldFile(
  spec: DataSpec,
  { baseDir }: Pick<FileChangeOptions, "baseDir">,
): Promise<HeldFile | null> {
  if (spec.kind === "csv") {
    const bytes = await readCsvBytes(spec, { baseDir });
    return { bytes, identify: (form) => csvIdentity(spec, { bytes: form }) };
  }
  if (spec.kind !== "table" || typeof spec.file !== "string" || isPackaged(spec.file)) return null;
  const files = await listFiles(spec.file, { baseDir });
  if (files.length !== 1) return null;
  const testFiles = spec.testFile === undefined
    ? []
    : await tableDigests(await listFiles(spec.testFile, { baseDir }));
  const read = await readBytes(files[0].path, { action: "read data", maxBytes: LONGEST_TEXT });
  const bytes = isGzipName(files[0].path)
    ? await gunzip(read, { file: spec.file, maxBytes: LONGEST_TEXT })
    : read;
  const identify = (form: Uint8Array) =>
    tableIdentity(spec, { digests: { files: [sha256Hex(form)], testFiles } });
  return { bytes, identify };
}

/** Properties of a file that a text editor or git changes without changing its rows. */
interface Form {
  readonly lineEnd: "\n" | "\r\n";
  /** Whether it begins with a byte-order mark. */
  readonly hasMark: boolean;
}

const MARK = [0xef, 0xbb, 0xbf];
const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d];

function formOf(bytes: Uint8Array): Form {
  const end = bytes.indexOf(LINE_FEED);
  return {
    lineEnd: end > 0 && bytes[end - 1] === CARRIAGE_RETURN ? "\r\n" : "\n",
    hasMark: MARK.every((byte, index) => bytes[index] === byte),
  };
}

function inForm(bytes: Uint8Array, { lineEnd, hasMark }: Form): Uint8Array {
  const body = formOf(bytes).hasMark ? bytes.subarray(MARK.length) : bytes;
  const written = new Uint8Array(MARK.length + 2 * body.length);
  let length = 0;
  if (hasMark) { for (const byte of MARK) written[length++] = byte; }
  body.forEach((byte, index) => {
    if (byte === CARRIAGE_RETURN && body[index + 1] === LINE_FEED) return;
    if (byte === LINE_FEED && lineEnd === "\r\n") written[length++] = CARRIAGE_RETURN;
    written[length++] = byte;
  });
  return written.subarray(0, length);
}

const NAMES = { "\n": "LF", "\r\n": "CRLF" } as const;

function changeOf(was: Form, { now, name }: { readonly now: Form; readonly name: string }): string {
  const changes = [
    ...was.lineEnd === now.lineEnd ? [] : [
      `its line ends were ${NAMES[was.lineEnd]} and are ${
        NAMES[now.lineEnd]
      }, as git's core.autocrlf makes them`,
    ],
    ...was.hasMark === now.hasMark
      ? []
      : [`it ${was.hasMark ? "began with a byte-order mark" : "had no byte-order mark at its start"}`],
  ];
  const what = changes.length === 0 ? "its line ends were uniform" : changes.join(" and ");
  return `${name} has the same rows, but ${what}; "*.csv -text" in .gitattributes keeps files unchanged`;
}
