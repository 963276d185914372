import { InputError } from "../../core/check/errors.ts";
import type { Warning } from "../../core/check/warning.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { CsvSpec } from "../base/data_spec.ts";
import { columnWarning } from "./column_warning.ts";
import type { CsvTable } from "./csv_table.ts";
import { isFeature } from "./is_feature.ts";
import { findMerged, type MergedNumbers } from "./merged_numbers.ts";

const MOST_COLUMNS = 5;

/**
 * Returns warnings of a table's features: noise that the dtype loses, and a column that counts the rows.
 *
 * @throws {InputError} If a feature loses more than noise, unless the spec declares "float32".
 */
export function columnWarnings(table: CsvTable, spec: CsvSpec): readonly Warning[] {
  const { header, rows, numbers } = table;
  const harmful: Loss[] = [];
  const harmless: Loss[] = [];
  const counting: string[] = [];
  for (const [at, column] of header.entries()) {
    if (!isFeature(column, spec)) continue;
    const texts = rows.map(({ fields }) => numbers(fields[at]) ?? fields[at]);
    const merged = findMerged(texts, spec.dtype ?? "float32");
    const where = `column ${quoted(column)}`;
    const isRefused = merged?.isHarmful && spec.dtype !== "float32";
    if (merged !== null) (isRefused ? harmful : harmless).push({ where, texts, merged });
    if (countsRows(texts)) counting.push(where);
  }
  if (harmful.length > 0) failFor(harmful, { table, spec });
  return [
    ...columnWarning(
      "merged_numbers",
      harmless.map(({ where }) => where),
      () => lossText(harmless[0], { table, spec }),
    ),
    ...columnWarning(
      "row_numbers",
      counting,
      () => "it counts the rows: if it is an index, a net learns the order of the file from it",
    ),
  ];
}

interface Loss {
  readonly where: string;
  readonly texts: readonly string[];
  readonly merged: MergedNumbers;
}

interface Source {
  readonly table: CsvTable;
  readonly spec: CsvSpec;
}

function lossText({ texts, merged: { example, distinct, left } }: Loss, { table, spec }: Source): string {
  const [first, second] = [...example].sort((a, b) => a - b).map((row) =>
    `${quoted(texts[row].trim())} on line ${table.rows[row].line}`
  );
  return `${first} and ${second} are one number in ${
    spec.dtype ?? "float32"
  }, which keeps ${left} of ${distinct} ` +
    "distinct numbers apart";
}

function failFor(losses: readonly Loss[], source: Source): never {
  const shown = losses.slice(0, MOST_COLUMNS).map((loss) => `${loss.where}: ${lossText(loss, source)}`);
  const more = losses.length > MOST_COLUMNS ? `; and ${losses.length - MOST_COLUMNS} columns more` : "";
  const { file, dtype } = source.spec;
  const canWiden = dtype === undefined && losses.every(({ texts }) => findMerged(texts, "float64") === null);
  const widen = canWiden
    ? 'declare dtype: "float64" in csvDataset to keep them apart'
    : "subtract what they have in common or leave the column out";
  throw new InputError(
    `Cannot use data: ${file}: ${
      shown.join("; ")
    }${more}; ${widen}, or dtype: "float32" to have them rounded`,
  );
}

/**
 * Returns whether a column is 0, 1, 2, … or 1, 2, 3, … from the first row to the last, of too many rows for chance.
 */
function countsRows(texts: readonly string[]): boolean {
  const start = texts[0] === "0" || texts[0] === "1" ? Number(texts[0]) : null;
  return texts.length >= 10 && start !== null && texts.every((text, row) => text === String(start + row));
}
