import type { TrialEvent } from "../../experiment/trial/trial_event.ts";
import type { HistoryColumns } from "../files/history_csv.ts";
import { type History, metricsOfRow, parseHistoryRows, usualOfRow } from "../files/history_rows.ts";
import { COMMITTED } from "../files/result_files.ts";
import { type Curve, GrowingCurve } from "./growing_curve.ts";

/** The curves of trials by their ids. */
export type Curves = ReadonlyMap<string, Curve>;

/** Returns the curves of events, which may be in any order. */
export function curvesOfEvents(events: Iterable<TrialEvent>): Curves {
  const curves = new Map<string, GrowingCurve>();
  for (const event of events) {
    if (event.type !== "epoch") continue;
    let curve = curves.get(event.trial);
    if (curve === undefined) curves.set(event.trial, curve = new GrowingCurve());
    curve.add(event);
  }
  return new Map(curves.entries().map(([trial, curve]) => [trial, curve.curve()]));
}

/** Returns the curves of the rows of a `history.csv`. */
export function curvesOfHistory(
  history: History,
  { metrics = [], isFolded = false }: Partial<HistoryColumns> = {},
): Curves {
  const curves = new Map<string, Curve>();
  for (const [trial, rows] of history) {
    const curve = new GrowingCurve();
    for (const row of parseHistoryRows(rows, { path: COMMITTED.history.name, metrics, isFolded })) {
      curve.add({
        epoch: Number(row.epoch),
        loss: row.loss === "" ? null : Number(row.loss),
        ...usualOfRow(row),
        ...metricsOfRow(row, metrics),
      });
    }
    curves.set(trial, curve.curve());
  }
  return curves;
}
