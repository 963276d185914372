import type { Grid } from "../../experiment/declaration/grid.ts";
import { columnsOfGrid, historyHead } from "./history_csv.ts";
import type { History } from "./history_rows.ts";

/**
 * Returns, in parts, the `history.csv` of a grid whose trials ran in several shards: the same text as of one run,
 * without parsing any row.
 */
export function joinHistories(grid: Grid, { history }: { readonly history: History }): readonly string[] {
  return [
    `${historyHead(columnsOfGrid(grid)).join(",")}\r\n`,
    ...grid.trials.map(({ id }) => history.get(id) ?? ""),
  ];
}
