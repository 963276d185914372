import type { Warning } from "../../core/check/warning.ts";
import type { Point, Trial } from "../../experiment/trial/trial.ts";
import type { LogRecord, TrialRecord } from "../../journal/journal_record.ts";
import { addEpoch, type Curve, emptyCurve, type MutableCurve } from "../../report/story/curve.ts";
import type { Story } from "../../report/story/story.ts";
import { endedResult, summarize } from "../../report/summary/summarize.ts";
import type { ExperimentFacts, TrialResult } from "../../report/summary/summary.ts";

/** A trial of the grid, as far as it is known from outside the experiment file. */
export interface BookTrial {
  readonly id: string;
  readonly point: Point;
  readonly repeat: number;
}

/** What a story is about, besides what happened. */
export interface BookSubject {
  readonly experiment: ExperimentFacts;
  readonly dataDigest: string;
  readonly trials: readonly BookTrial[];
  /** Model and solver by trial, where they are known. */
  readonly settings: ReadonlyMap<string, Pick<Trial, "model" | "solver">>;
}

type End = Exclude<TrialRecord, { readonly type: "epoch" | "test" | "inspection" }>;

/** What a journal has told of its trials so far; equal records collapse, and of unequal ones the last counts. */
export class TrialBook {
  readonly #curves = new Map<string, MutableCurve>();
  readonly #ends = new Map<string, End>();
  readonly #tests = new Map<string, number>();
  #inspection: Story["inspection"] = null;
  #warnings: readonly Warning[] = [];
  /** Epochs that were trained, over all trials. */
  epochs = 0;

  /** Takes a record in. */
  add(record: LogRecord): void {
    if (record.type === "warnings") this.#warnings = record.warnings;
    else if (record.type === "test") this.#tests.set(record.trial, record.testAccuracy);
    else if (record.type === "inspection") this.#inspection = record;
    else if (record.type !== "epoch") this.#ends.set(record.trial, record);
    else {
      let curve = this.#curves.get(record.trial);
      if (curve === undefined) this.#curves.set(record.trial, curve = emptyCurve());
      if (record.epoch > 0 && curve.loss[record.epoch] === undefined) this.epochs += 1;
      addEpoch(curve, record);
    }
  }

  /** Returns how far a trial has come: its last epoch, 0 before the first. */
  epochOf(trial: string): number {
    return Math.max(0, (this.#curves.get(trial)?.loss.length ?? 1) - 1);
  }

  /** Returns whether a trial has ended. */
  hasEnded(trial: string): boolean {
    return this.#ends.has(trial);
  }

  /** Returns the curve of a trial, or null while it has no epoch. */
  curve(trial: string): Curve | null {
    return this.#curves.get(trial) ?? null;
  }

  /** Returns all that is known, as a report tells it; trials that still run are pending and have their curves. */
  story({ experiment, dataDigest, trials, settings }: BookSubject): Story {
    const ids = new Set(trials.map(({ id }) => id));
    const summary = summarize(experiment, {
      grid: { trials: trials.map((trial) => ({ ...trial, ...settings.get(trial.id) })), duplicates: [] },
      dataDigest,
      results: trials.map((trial) => this.#result(trial)),
      testAccuracies: this.#tests,
      warnings: this.#warnings,
    });
    const { winner } = summary;
    const inspection = winner?.trials.includes(this.#inspection?.trial ?? "") ? this.#inspection : null;
    const curves = new Map([...this.#curves].filter(([id]) => ids.has(id)));
    return { summary, curves, inspection };
  }

  /** A running trial has the values of its last epoch. */
  #result(trial: BookTrial): TrialResult {
    const curve = this.#curves.get(trial.id);
    const last = curve === undefined
      ? null
      : { trainAccuracy: curve.trainAccuracy.at(-1)!, loss: curve.loss.at(-1) ?? null };
    return endedResult(trial, { end: this.#ends.get(trial.id) ?? null, last });
  }
}
