import { InputError } from "../../../core/check/errors.ts";
import { checkFields, listOf, type Rule } from "../../../core/check/fields.ts";
import type { DataPlace } from "../../../data/base/data_source.ts";
import type { TableSpec } from "../../../data/base/data_spec.ts";
import { listFiles } from "../../../data/reading/list_files.ts";
import { isPackaged } from "../../../data/table/is_packaged.ts";
import { LONGEST_TEXT, readBytes } from "../../../files/read_bytes.ts";

/** The names under which the files of a table are carried: a number, and what says how they are read. */
export interface TableParcel {
  readonly files: readonly string[];
  readonly testFiles: readonly string[];
}

/** The key of a file of a table, among all files of a run. */
export function parcelKey(dataDigest: string, name: string): string {
  return `${dataDigest}/${name}`;
}

/**
 * Returns the files of a table that only this machine has, by their keys, and under its digest the {@link TableParcel} that
 * lists them.
 *
 * @throws {InputError} If one cannot be read.
 */
export async function packTable(
  { file, testFile }: TableSpec,
  { baseDir, dataDigest }: DataPlace & { readonly dataDigest: string },
): Promise<ReadonlyMap<string, Uint8Array>> {
  const packed = new Map<string, Uint8Array>();
  const pack = async (declared: string | readonly string[]) => {
    const names: string[] = [];
    for (const { path } of await listFiles(declared, { baseDir })) {
      const name = `${packed.size}${ENDING.exec(path)![0].toLowerCase()}`;
      packed.set(
        parcelKey(dataDigest, name),
        await readBytes(path, { action: "read data", maxBytes: LONGEST_TEXT }),
      );
      names.push(name);
    }
    return names;
  };
  const parcel: TableParcel = {
    // Every machine can fetch a package.
    files: isPackaged(file) ? [] : await pack(file),
    testFiles: testFile === undefined ? [] : await pack(testFile),
  };
  packed.set(dataDigest, new TextEncoder().encode(JSON.stringify(parcel)));
  return packed;
}

const ENDING = /\.[a-z0-9]+(\.gz)?$/i;

/**
 * Reads the list of files of a table.
 *
 * @throws {InputError} If it is none: what a queue holds is not trusted.
 */
export function parseParcel(bytes: Uint8Array): TableParcel {
  const action = "read a queued table";
  let parcel: unknown;
  try {
    parcel = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new InputError(`Cannot ${action}: its list of files must be JSON`);
  }
  checkFields(parcel, { action, path: "", required: { files: listOf(aName), testFiles: listOf(aName) } });
  return parcel as TableParcel;
}

const aName: Rule = {
  expected: "a number and an ending",
  accepts: (value) => typeof value === "string" && /^\d+\.[a-z0-9]+(\.gz)?$/.test(value),
};
