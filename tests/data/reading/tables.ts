import { assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { RawTable } from "../../../lib/data/reading/raw_table.ts";
import { readTable, type ReadTableOptions } from "../../../lib/data/reading/read_table.ts";

/** Writes files, and returns the options that read them, in memory. */
export async function tableOf(
  folder: string,
  { files, ...options }:
    & { readonly files: Readonly<Record<string, string | Uint8Array>> }
    & Partial<
      Omit<ReadTableOptions, "files">
    >,
): Promise<ReadTableOptions> {
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(`${folder}/${name}`, bytes);
  }
  const listed = Object.keys(files).map((name) => ({ name, path: `${folder}/${name}` }));
  return { format: {}, markers: [], types: {}, cacheDir: null, ...options, files: listed };
}

/** Returns the columns of a table: a type and values, texts where it has texts, null where a value is missing. */
export async function columnsOf(table: RawTable): Promise<Record<string, readonly unknown[]>> {
  const columns: Record<string, readonly unknown[]> = {};
  for (const name of table.names) {
    const { type, values, texts } = await table.column(name);
    const show = (value: number) => Number.isNaN(value) ? null : texts === null ? value : texts[value];
    columns[name] = [type, ...Array.from(values, show)];
  }
  return columns;
}

/** Returns the message of the error that reading a table throws. */
export async function refusalOf(options: ReadTableOptions): Promise<string> {
  return (await assertRejects(() => readTable(options), InputError)).message;
}

/** Returns the bytes as a gzip file. */
export async function gzipped(content: string): Promise<Uint8Array> {
  const stream = new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
