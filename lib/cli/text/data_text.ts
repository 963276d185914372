import { sparkline } from "../../report/files/sparkline.ts";
import { factsText, type ProfiledData } from "../../report/page/data_page.ts";
import { table } from "../terminal/table.ts";
import type { Paint } from "../terminal/terminal.ts";
import { wrapText } from "../terminal/wrap_text.ts";

/** How the text is shown. */
export interface DataTextOptions {
  /** Columns of the terminal; null if it is none. */
  readonly columns: number | null;
  readonly paint: Paint;
}

const MOST_BARS = 12;

/** Returns the profile of data as a terminal shows it: its columns, its classes in each split, what is suspicious. */
export function dataText({ title, profile }: ProfiledData, { columns, paint }: DataTextOptions): string {
  const { columns: own, classes, warnings } = profile;
  const rows = own.map(({ name, kind, missing, distinct, range, histogram }) => [
    name,
    kind,
    missing === null ? "" : String(missing),
    distinct === null ? "" : String(distinct),
    histogram.length === 0
      ? ""
      : sparkline(histogram, { most: MOST_BARS, range: [0, Math.max(...histogram)] }),
    range,
  ]);
  const counts = (classes ?? []).map((
    { name, train, validation, test },
  ) => [name, ...[train, validation, test].map(String)]);
  return [
    wrapText(`${paint("bold", title)}\n${factsText(profile)}\n`, { columns }),
    ...rows.length === 0 ? [] : [
      "\n",
      table([["column", "kind", "missing", "distinct", "rows", "range"], ...rows], {
        columns,
        shorten: [0, 5],
      }),
    ],
    ...classes === null ? [] : [
      "\n",
      table([["class", "training", "validation", "test"], ...counts], { columns, shorten: [0] }),
    ],
    ...warnings.length === 0 ? [] : ["\n"],
    ...warnings.map(({ where, message }) =>
      wrapText(`${paint("yellow", "warning")}: ${where}: ${message}\n`, { columns })
    ),
  ].join("");
}
