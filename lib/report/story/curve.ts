import type { TrialEvent } from "../../experiment/trial/trial_event.ts";
import { type History, parseHistoryRows } from "../files/history_rows.ts";
import { COMMITTED } from "../files/result_files.ts";

/** The measurements of a trial by epoch; index 0 is before training. */
export interface Curve {
  /** Mean training loss; null before training. */
  readonly loss: readonly (number | null)[];
  /** Fractions. */
  readonly trainAccuracy: readonly number[];
  /** Fractions. */
  readonly validationAccuracy: readonly number[];
}

/** The curves of trials by their ids. */
export type Curves = ReadonlyMap<string, Curve>;

/** Returns the curves of events, which may be in any order. */
export function curvesOfEvents(events: Iterable<TrialEvent>): Curves {
  const curves = new Map<string, MutableCurve>();
  for (const event of events) {
    if (event.type !== "epoch") continue;
    let curve = curves.get(event.trial);
    if (curve === undefined) curves.set(event.trial, curve = emptyCurve());
    addEpoch(curve, event);
  }
  return curves;
}

/** Returns the curves of the rows of a `history.csv`. */
export function curvesOfHistory(history: History): Curves {
  const curves = new Map<string, Curve>();
  for (const [trial, rows] of history) {
    const curve = emptyCurve();
    for (const row of parseHistoryRows(rows, { path: COMMITTED.history.name })) {
      addEpoch(curve, {
        epoch: Number(row.epoch),
        loss: row.loss === "" ? null : Number(row.loss),
        trainAccuracy: Number(row.train_accuracy),
        validationAccuracy: Number(row.validation_accuracy),
      });
    }
    curves.set(trial, curve);
  }
  return curves;
}

/** A curve to which epochs are added. */
export interface MutableCurve {
  readonly loss: (number | null)[];
  readonly trainAccuracy: number[];
  readonly validationAccuracy: number[];
}

/** One point of a curve. */
export interface CurvePoint {
  readonly epoch: number;
  readonly loss: number | null;
  readonly trainAccuracy: number;
  readonly validationAccuracy: number;
}

/** Returns a curve without epochs. */
export function emptyCurve(): MutableCurve {
  return { loss: [], trainAccuracy: [], validationAccuracy: [] };
}

/** Adds an epoch to a curve. */
export function addEpoch(
  curve: MutableCurve,
  { epoch, loss, trainAccuracy, validationAccuracy }: CurvePoint,
): void {
  curve.loss[epoch] = loss;
  curve.trainAccuracy[epoch] = trainAccuracy;
  curve.validationAccuracy[epoch] = validationAccuracy;
}
