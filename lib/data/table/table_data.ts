import { InputError } from "../../core/check/errors.ts";
import { digestJson, type Json } from "../../core/numbers/digest.ts";
import type { DataPlace, DataSource, Identity } from "../base/data_source.ts";
import type { TableSpec } from "../base/data_spec.ts";
import { isPackaged } from "./is_packaged.ts";
import { table } from "./declaration/table.ts";

/** A user's table of columns of several kinds. */
export const tableData: DataSource<TableSpec> = {
  declare: table,
  identify: async (spec, place) => tableIdentity(spec, { digests: await contentDigests(spec, place) }),
  // Categories decide the number of features, and rows may be left out.
  measure: () => null,
  async load(spec, options) {
    const { loadTable } = await import("./load_table.ts");
    return await loadTable(spec, options);
  },
  countClasses: ({ classes }) => classes?.length ?? null,
  image: null,
  origin: "file",
};

/** The SHA-256 of the content of each file. */
export interface ContentDigests {
  readonly files: readonly string[];
  readonly testFiles: readonly string[];
}

async function contentDigests(spec: TableSpec, place: DataPlace): Promise<ContentDigests> {
  const { file, testFile, sha256 } = spec;
  const { listFiles } = await import("../reading/list_files.ts");
  const { tableDigests } = await import("../reading/table_digests.ts");
  const digestsOf = async (declared: string | readonly string[]) =>
    await tableDigests(await listFiles(declared, place));
  // The digest of a file of a package is declared, so that it need not be fetched.
  const files = isPackaged(file) ? [sha256!] : await digestsOf(file);
  if (sha256 !== undefined) checkDeclared(files, { spec, sha256 });
  return { files, testFiles: testFile === undefined ? [] : await digestsOf(testFile) };
}

interface Declared {
  readonly spec: TableSpec;
  readonly sha256: string;
}

function checkDeclared(digests: readonly string[], { spec: { file }, sha256 }: Declared): void {
  // Of several files it is the digest of the list of theirs.
  const found = digests.length === 1 ? digests[0] : digestJson(digests);
  if (found === sha256) return;
  throw new InputError(
    `Cannot use data: ${
      [file].flat().join(", ")
    } must have the SHA-256 ${sha256}, which data.sha256 declares, found ${found}`,
  );
}

/** Returns what identifies a table: all that is declared but the paths of its files, and the digests of these. */
export function tableIdentity(spec: TableSpec, { digests }: { readonly digests: ContentDigests }): Identity {
  const { kind: _, file: _f, testFile: _t, sha256: _s, folds: _o, ...declared } = spec;
  const { train: _a, validation: _v, test: _e, ...fields } = declared;
  return {
    ...fields as unknown as Readonly<Record<string, Json>>,
    ...digests as unknown as Record<string, Json>,
  };
}
