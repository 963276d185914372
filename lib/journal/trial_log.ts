import { BrokenPromiseError } from "../core/check/errors.ts";
import { canonicalJson, type Json } from "../core/numbers/digest.ts";
import { differingExcerpts } from "../core/text/differing_excerpts.ts";
import type {
  DoneEvent,
  EpochEvent,
  FailedEvent,
  StoppedEvent,
  TrialEvent,
} from "../experiment/trial/trial_event.ts";
import { completesInspection } from "./completes_inspection.ts";
import type {
  EnsembleRecord,
  InspectionRecord,
  LogRecord,
  TestRecord,
  TrialRecord,
  WarningsRecord,
} from "./journal_record.ts";
import { type EpochsOf, missingEpoch } from "./missing_epoch.ts";

/** An epoch of a trial. */
export interface TrialEpoch {
  readonly trial: string;
  readonly epoch: number;
}

// Enough for an epoch; an inspection, which has pictures, is cut.
const MOST_LETTERS = 600;

/** What was found in the data. */
export type DataFindings = Omit<WarningsRecord, "type">;

/** The records of one trial: its epochs by number, and its end. */
interface TrialEntry {
  readonly epochs: Map<number, EpochEvent>;
  end: TrialEvent | null;
  /** It stays when the trial diverges on the test split. */
  done: DoneEvent | null;
}

/**
 * All events, test accuracies and inspections so far, each once.
 *
 * An equal duplicate is ignored. An unequal one breaks the promise "same seed, same bits". A failure is no result:
 * the machine may have caused it, so that a later end of the same trial replaces it. So does what follows a stop.
 */
export class TrialLog {
  readonly #trials = new Map<string, TrialEntry>();
  readonly #tests = new Map<string, TestRecord>();
  /** By the ids of their trials: with more repeats, the first of them is in another ensemble too. */
  readonly #ensembles = new Map<string, EnsembleRecord>();
  readonly #inspections = new Map<string, InspectionRecord>();
  #warnings: WarningsRecord = { type: "warnings", warnings: [] };

  /**
   * Adds a record.
   *
   * @returns Whether it was new.
   * @throws {BrokenPromiseError} If it contradicts a known record.
   */
  add(record: LogRecord): boolean {
    if (record.type === "warnings") {
      const isNews = !equal(record, this.#warnings);
      this.#warnings = record;
      return isNews;
    }
    if (record.type === "test") return addTo(this.#tests, { key: record.trial, record });
    if (record.type === "ensemble") return addTo(this.#ensembles, { key: ensembleKey(record), record });
    if (record.type === "inspection") return this.#addInspection(record);
    const entry = this.#entry(record.trial);
    if (record.type === "epoch") {
      const known = entry.epochs.get(record.epoch);
      if (known === undefined) entry.epochs.set(record.epoch, record);
      return isNews(known, record);
    }
    if (record.type === "done" && entry.done !== null) return isNews(entry.done, record);
    if (entry.end === null || isPassing(entry.end) || isTestOf(entry.end, record)) {
      const news = entry.end === null || !equal(entry.end, record);
      entry.end = record;
      if (record.type === "done") entry.done = record;
      return news;
    }
    return !isPassing(record) && isNews(entry.end, record);
  }

  /** Returns the event that ended the trial, or null. */
  end(trial: string): TrialEvent | null {
    return this.#trials.get(trial)?.end ?? null;
  }

  /** Returns the measurements of a trial's epoch, or null if they are not known. */
  epoch(trial: string, epoch: number): EpochEvent | null {
    return this.#trials.get(trial)?.epochs.get(epoch) ?? null;
  }

  /** Returns the `done` event of a trial, or null. */
  done(trial: string): DoneEvent | null {
    const end = this.end(trial);
    return end?.type === "done" ? end : null;
  }

  /** Returns whether the trial is done, has diverged or was stopped by its search: then it does not run again. */
  hasResult(trial: string): boolean {
    const end = this.end(trial);
    return end !== null && end.type !== "failed";
  }

  /**
   * Returns a log in which some trials have another end: of those that stopped, the epochs up to there count; those of null
   * have not ended.
   */
  endedBy(ends: ReadonlyMap<string, StoppedEvent | null>): TrialLog {
    const log = new TrialLog();
    for (const [trial, entry] of this.#trials) {
      const end = ends.get(trial);
      log.#trials.set(trial, end === undefined ? entry : { ...entry, epochs: until(end, entry), end });
    }
    for (const [trial, record] of this.#tests) log.#tests.set(trial, record);
    for (const [key, record] of this.#ensembles) log.#ensembles.set(key, record);
    for (const [trial, record] of this.#inspections) log.#inspections.set(trial, record);
    log.#warnings = this.#warnings;
    return log;
  }

  /** Returns the ids of all trials that have a result. */
  trialsWithResult(): readonly string[] {
    return [...this.#trials.keys()].filter((trial) => this.hasResult(trial));
  }

  /** Returns the events of every ended trial, epochs in order and the end last. */
  endedEvents(): readonly TrialEvent[] {
    return [...this.#trials.keys()].flatMap((trial) => this.endedEventsOf(trial));
  }

  /** Returns the events of a trial, epochs in order and the end last; none while it has not ended. */
  endedEventsOf(trial: string): readonly TrialEvent[] {
    const entry = this.#trials.get(trial);
    if (entry === undefined || entry.end === null) return [];
    return [...[...entry.epochs.values()].sort(byEpoch), entry.end];
  }

  /**
   * Returns a missing epoch of a trial that has a result, or null; trials whose number of epochs is not known are
   * skipped.
   */
  missingEpoch({ epochsOf }: { readonly epochsOf: EpochsOf }): TrialEpoch | null {
    for (const [trial, { epochs, end }] of this.#trials) {
      if (end?.type === "stopped") continue;
      const expected = epochsOf(trial) ?? (end?.type === "done" ? end.lastEpoch : undefined);
      if (expected === undefined || end === null || end.type === "failed") continue;
      const epoch = missingEpoch(new Set(epochs.keys()), { end, epochs: expected });
      if (epoch !== null) return { trial, epoch };
    }
    return null;
  }

  /** Returns the measurements on the test split by trial. */
  tests(): ReadonlyMap<string, TestRecord> {
    return this.#tests;
  }

  /** Returns the measurements of trials together on the test split, or null. */
  ensemble(trials: readonly string[]): EnsembleRecord | null {
    return this.#ensembles.get(ensembleKey({ trials })) ?? null;
  }

  /** Returns what was found in the data: warnings, and facts of tables. */
  findings(): DataFindings {
    const { type: _, ...findings } = this.#warnings;
    return findings;
  }

  /** Returns the inspection of a trial on the test split, or null. */
  inspection(trial: string): InspectionRecord | null {
    return this.#inspections.get(trial) ?? null;
  }

  /** Returns the failures among the given trials. */
  failures(trials: readonly string[]): readonly FailedEvent[] {
    return trials.map((trial) => this.end(trial)).filter((end) => end?.type === "failed");
  }

  #addInspection(record: InspectionRecord): boolean {
    const known = this.#inspections.get(record.trial);
    if (known !== undefined && completesInspection(known, record)) return false;
    if (known === undefined || !completesInspection(record, known)) {
      return addTo(this.#inspections, { key: record.trial, record });
    }
    this.#inspections.set(record.trial, record);
    return true;
  }

  #entry(trial: string): TrialEntry {
    const known = this.#trials.get(trial);
    if (known !== undefined) return known;
    const entry: TrialEntry = { epochs: new Map(), end: null, done: null };
    this.#trials.set(trial, entry);
    return entry;
  }
}

/** Returns whether a trial may go on after an end. */
function isPassing({ type }: TrialEvent): boolean {
  return type === "failed" || type === "stopped";
}

function until(end: StoppedEvent | null, { epochs }: TrialEntry): Map<number, EpochEvent> {
  return end === null ? epochs : new Map([...epochs].filter(([epoch]) => epoch <= end.epoch));
}

/** Returns whether a record is the divergence of a done trial on the test split. */
function isTestOf(end: TrialEvent, record: TrialEvent): boolean {
  return end.type === "done" && record.type === "diverged" && record.split === "test";
}

/** Returns a unique key of the trials of an ensemble. */
export function ensembleKey({ trials }: Pick<EnsembleRecord, "trials">): string {
  return trials.join();
}

function addTo<R extends TrialRecord>(
  records: Map<string, R>,
  { key, record }: { readonly key: string; readonly record: R },
): boolean {
  const known = records.get(key);
  if (known === undefined) records.set(key, record);
  return isNews(known, record);
}

function isNews(known: TrialRecord | undefined, record: TrialRecord): boolean {
  if (known === undefined) return true;
  if (equal(known, record)) return false;
  const [found, before] = differingExcerpts([text(record), text(known)], { letters: MOST_LETTERS });
  throw new BrokenPromiseError(
    `Cannot accept an event of trial ${record.trial}: the same trial gave another value before, ` +
      `found ${found} after ${before}`,
  );
}

function equal(left: LogRecord, right: LogRecord): boolean {
  return text(left) === text(right);
}

function text(record: LogRecord): string {
  return canonicalJson(record as unknown as Json);
}

function byEpoch(left: EpochEvent, right: EpochEvent): number {
  return left.epoch - right.epoch;
}
