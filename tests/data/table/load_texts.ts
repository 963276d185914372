import type { Dataset } from "../../../lib/data/base/dataset.ts";
import { table } from "../../../lib/data/table/declaration/table.ts";
import type {
  ClassFields,
  CommonFields,
  LabelsFields,
  TargetFields,
} from "../../../lib/data/table/declaration/table_fields.ts";
import { loadTable } from "../../../lib/data/table/load_table.ts";

/** Fields of a table without its file. */
export type TextFields = Omit<CommonFields, "file"> & (ClassFields | TargetFields | LabelsFields);

/** Loads a table whose files have these texts or bytes. */
export async function loadTexts(
  files: Readonly<Record<string, string | Uint8Array>>,
  fields: TextFields & { readonly file?: string },
): Promise<Dataset> {
  const baseDir = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${baseDir}/${name}`, bytes);
    }
    return await loadTable(table({ file: Object.keys(files)[0], ...fields }), {
      baseDir,
      cacheDir: `${baseDir}/cache`,
    });
  } finally {
    await Deno.remove(baseDir, { recursive: true });
  }
}
