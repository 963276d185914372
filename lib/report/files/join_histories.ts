import type { Grid } from "../../experiment/declaration/grid.ts";
import { columnNames, HISTORY_COLUMNS } from "./columns.ts";
import type { History } from "./history_rows.ts";

/**
 * Returns, in parts, the `history.csv` of a grid whose trials ran in several places: the same text as one run writes,
 * without a row being taken apart.
 */
export function joinHistories(grid: Grid, { history }: { readonly history: History }): readonly string[] {
  return [
    `${columnNames(HISTORY_COLUMNS).join(",")}\r\n`,
    ...grid.trials.map(({ id }) => history.get(id) ?? ""),
  ];
}
