import { counted } from "../../core/text/counted.ts";
import { listed } from "../../core/text/listed.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { TableSpec } from "../base/data_spec.ts";
import type { OpenedTable } from "./open_table.ts";

const MOST_NAMES = 8;

/** Returns what was found out of a table that its declaration does not say, for people who run it. */
export function tableNotes(
  { files, raw, plans, classNames, targets, dropped }: OpenedTable,
  { label, classes }: Pick<TableSpec, "label" | "classes">,
): readonly string[] {
  const name = `${files[0]}${files.length === 1 ? "" : ` and ${files.length - 1} more`}`;
  const what = targets?.kind === "numbers" ? "target" : "label";
  const left = dropped === 0 ? "" : `, of which ${dropped} lack a ${what} or a value and are left out`;
  const kinds = [...Map.groupBy(plans, ({ kind }) => kind)].map(([kind, own]) =>
    `${kind} ${listed(own.map((plan) => plan.name), { most: MOST_NAMES })}`
  );
  const found = label !== undefined && classes === undefined
    ? `; the label ${quoted(label)} has the classes ${listed(classNames, { most: MOST_NAMES })}`
    : "";
  return [
    `${name}: ${[counted(raw.rows, "row"), ...raw.findings].join(", ")}${left}${found}.`,
    `Columns: ${kinds.join("; ")}.`,
  ];
}
