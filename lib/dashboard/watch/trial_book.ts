import type { Point, Trial } from "../../experiment/trial/trial.ts";
import type { EnsembleRecord, LogRecord, TestRecord, TrialRecord } from "../../journal/journal_record.ts";
import { type DataFindings, ensembleKey } from "../../journal/trial_log.ts";
import { GrowingCurve } from "../../report/story/growing_curve.ts";
import type { Story } from "../../report/story/story.ts";
import { trialsByPoint } from "../../report/summary/rank_points.ts";
import { endedResult, summarize, testFindings } from "../../report/summary/summarize.ts";
import type { ExperimentFacts, TrialResult } from "../../report/summary/summary.ts";
import {
  followSearch,
  type SearchedEpoch,
  type SearchedLog,
  type Stop,
  stopOf,
} from "../../runner/search/follow_search.ts";

/** The facts about a trial that are known without the experiment file. */
export interface BookTrial {
  readonly id: string;
  readonly point: Point;
  readonly repeat: number;
  readonly fold?: number;
}

/** The declaration that a story is about. */
export interface BookSubject {
  readonly experiment: ExperimentFacts;
  readonly dataDigest: string;
  readonly trials: readonly BookTrial[];
  /** Model and solver by trial, if known. */
  readonly settings: ReadonlyMap<string, Pick<Trial, "model" | "solver">>;
}

type End = Exclude<TrialRecord, { readonly type: "epoch" | "test" | "ensemble" | "inspection" }>;

/** The records of a journal's trials so far; equal records are ignored, and of unequal ones the last counts. */
export class TrialBook {
  readonly #curves = new Map<string, GrowingCurve>();
  readonly #ends = new Map<string, End>();
  readonly #tests = new Map<string, TestRecord>();
  readonly #ensembles = new Map<string, EnsembleRecord>();
  #inspection: Story["inspection"] = null;
  #findings: DataFindings = { warnings: [] };
  /** Trained epochs of all trials. */
  epochs = 0;

  /** Adds a record. */
  add(record: LogRecord): void {
    if (record.type === "warnings") {
      const { type: _, ...findings } = record;
      this.#findings = findings;
    } else if (record.type === "test") this.#tests.set(record.trial, record);
    else if (record.type === "ensemble") this.#ensembles.set(ensembleKey(record), record);
    else if (record.type === "inspection") this.#inspection = record;
    else if (record.type !== "epoch") this.#ends.set(record.trial, record);
    else {
      let curve = this.#curves.get(record.trial);
      if (curve === undefined) this.#curves.set(record.trial, curve = new GrowingCurve());
      if (curve.add(record) && record.epoch > 0) this.epochs += 1;
    }
  }

  /** Returns the last epoch of a trial, 0 before the first. */
  epochOf(trial: string): number {
    return Math.max(0, (this.#curves.get(trial)?.length ?? 1) - 1);
  }

  /** Returns whether a trial has ended. */
  hasEnded(trial: string): boolean {
    return this.#ends.has(trial);
  }

  /** Returns all known data as a story; running trials are pending and have curves. */
  story({ experiment, dataDigest, trials, settings }: BookSubject): Story {
    const ids = new Set(trials.map(({ id }) => id));
    const stops = this.#stops(experiment, trials);
    const summary = summarize(experiment, {
      grid: { trials: trials.map((trial) => ({ ...trial, ...settings.get(trial.id) })), duplicates: [] },
      dataDigest,
      results: trials.map((trial) => stops.get(trial.id) ?? this.#result(trial)),
      ...testFindings(this.#tests),
      ensembleOf: (trials) => this.#ensembles.get(ensembleKey({ trials })) ?? null,
      ...this.#findings,
    });
    const { winner } = summary;
    const inspection = winner?.trials.includes(this.#inspection?.trial ?? "") ? this.#inspection : null;
    const curves = new Map(
      this.#curves.entries().filter(([id]) => ids.has(id)).map(([id, curve]) => [id, curve.curve()]),
    );
    return { summary, curves, inspection };
  }

  /** Returns the results of the trials that a search has stopped, or that wait at a rung. */
  #stops(experiment: ExperimentFacts, trials: readonly BookTrial[]): ReadonlyMap<string, TrialResult> {
    const { search } = experiment;
    const results = new Map<string, TrialResult>();
    if (search === undefined) return results;
    const searched = { ...experiment, search };
    const log: SearchedLog = {
      epoch: (trial, epoch) => this.#curves.get(trial)?.at(epoch) ?? null,
      end: (trial) => this.#ends.get(trial) ?? null,
    };
    const points = trialsByPoint({ trials }).map((group) => group.map(({ id }) => id));
    const { stops, open } = followSearch(searched, { log, points });
    for (const trial of trials) {
      const epoch = stops.get(trial.id);
      const stop = epoch === undefined ? null : stopOf(trial.id, searched, { log, epoch });
      if (stop !== null) results.set(trial.id, this.#stoppedResult(trial, stop));
      else if (open.has(trial.id) && this.#ends.get(trial.id)?.type === "done") {
        results.set(trial.id, endedResult(trial, { end: null, last: null }));
      }
    }
    return results;
  }

  #stoppedResult(trial: BookTrial, { epoch, bestEpoch, best }: Stop<SearchedEpoch>): TrialResult {
    const { validationAccuracy: bestValidationAccuracy, metrics } = best;
    const measured = metrics === undefined ? {} : { bestMetrics: metrics };
    const found = { bestEpoch, bestValidationAccuracy, ...measured, weightsSha256: "" };
    const last = this.#curves.get(trial.id)?.at(epoch) ?? null;
    const end = { type: "stopped", trial: trial.id, epoch, ...found } as const;
    return { ...endedResult(trial, { end, last }), weightsSha256: null };
  }

  /** Returns the result of a trial; a running one has the values of its last epoch. */
  #result(trial: BookTrial): TrialResult {
    const last = this.#curves.get(trial.id)?.last() ?? null;
    return endedResult(trial, { end: this.#ends.get(trial.id) ?? null, last });
  }
}
