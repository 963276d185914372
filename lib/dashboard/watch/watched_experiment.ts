import { join } from "node:path";
import type { Trial } from "../../experiment/trial/trial.ts";
import { ifThere } from "../../files/if_there.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import type { JournalRecord } from "../../journal/journal_record.ts";
import { parseSummary } from "../../report/files/parse_summary.ts";
import { COMMITTED, LOCAL } from "../../report/files/result_files.ts";
import { addEpoch, emptyCurve, type MutableCurve } from "../../report/story/curve.ts";
import type { Story } from "../../report/story/story.ts";
import type { Summary } from "../../report/summary/summary.ts";
import { type ActivityLine, HEARTBEAT_MS } from "../../runner/run/activity.ts";
import { CheckedTail, readFailure } from "./checked_tail.ts";
import { type HistoryLine, parseActivity, parseHistory, parseRecord, parseSettings } from "./parse_line.ts";
import { advance, type RunProgress } from "./run_progress.ts";
import { type BookSubject, TrialBook } from "./trial_book.ts";

/** Whether a run goes on: a killed one says no more, and its heart stands still. */
export type Liveness = "running" | "ended" | "killed" | "never ran here";

const SILENCE_MS = 5 * HEARTBEAT_MS;

/**
 * An experiment's folder of results, read again and again while a run may write it.
 *
 * What the journal tells counts first; where there is none, as in a fresh clone, the committed summary and history do.
 * Lines are taken without their checksums: whoever reuses them checks them. What is damaged is passed over and named in
 * {@link problems}, so that one file costs no other.
 */
export class WatchedExperiment {
  readonly name: string;
  /** Changes with everything that is worth showing anew. */
  version = 0;
  readonly #folder: string;
  readonly #activity: CheckedTail<ActivityLine>;
  readonly #journal: CheckedTail<JournalRecord>;
  readonly #history: CheckedTail<HistoryLine>;
  #summaryProblem: string | null = null;
  #storyProblem: string | null = null;
  #progress: RunProgress | null = null;
  #heartbeatMs = 0;
  #turn: Promise<void> = Promise.resolve();
  #book = new TrialBook();
  #hasJournal = false;
  #summary: Summary | null = null;
  #summaryMark: string | null = null;
  #committedCurves = new Map<string, MutableCurve>();
  #settings: ReadonlyMap<string, Pick<Trial, "model" | "solver">> = new Map();
  #story: { readonly version: number; readonly story: Story | null } | null = null;

  constructor(name: string, { resultsDir }: { readonly resultsDir: string }) {
    this.name = name;
    this.#folder = join(resultsDir, name);
    this.#activity = new CheckedTail(join(this.#folder, LOCAL.activity.name), parseActivity);
    this.#journal = new CheckedTail(join(this.#folder, LOCAL.journal.name), parseRecord);
    this.#history = new CheckedTail(join(this.#folder, COMMITTED.history.name), parseHistory);
  }

  /** What the last run does; null if none ran here. */
  get progress(): RunProgress | null {
    return this.#progress;
  }

  /** What the journal told so far. */
  get book(): TrialBook {
    return this.#book;
  }

  /** What is damaged or cannot be read here, a sentence each. */
  get problems(): readonly string[] {
    return [
      this.#summaryProblem,
      this.#activity.problem,
      this.#journal.problem,
      this.#history.problem,
      this.#storyProblem,
    ].filter((problem) => problem !== null);
  }

  /** Returns whether a run goes on. */
  liveness({ nowMs }: { readonly nowMs: number }): Liveness {
    if (this.#progress === null) return "never ran here";
    if (this.#progress.closed !== null) return "ended";
    // A file of the future was copied here, or the clock was set back.
    return Math.abs(nowMs - this.#heartbeatMs) > SILENCE_MS ? "killed" : "running";
  }

  /** Reads what the last run does, and the committed summary: enough for a list. */
  refreshOutline(): Promise<void> {
    return this.#inTurn(() => this.#readOutline());
  }

  /**
   * Reads a piece of what is new.
   *
   * @returns Whether there is more to read at once.
   */
  refresh(): Promise<boolean> {
    return this.#inTurn(() => this.#readPiece());
  }

  /** Several who look read one after the other, so that no line is taken twice. */
  #inTurn<T>(read: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(read);
    this.#turn = turn.then(() => {}, () => {});
    return turn;
  }

  async #readOutline(): Promise<void> {
    const { records, isNew } = await this.#activity.read();
    if (isNew) this.#progress = null;
    for (const line of records) this.#progress = advance(this.#progress, line);
    if (isNew || records.some(({ type }) => type === "run")) await this.#readSettings();
    if (isNew || records.length > 0) this.version += 1;
    await this.#readHeartbeat();
    await this.#readSummary();
  }

  async #readPiece(): Promise<boolean> {
    await this.#readOutline();
    const { records, isNew, isMore } = await this.#journal.read();
    if (isNew) this.#book = new TrialBook();
    if (isNew || records.length > 0) this.version += 1;
    for (const record of records) if (record.type !== "header") this.#book.add(record);
    this.#hasJournal ||= records.length > 0;
    return isMore || (!this.#hasJournal && await this.#readHistory());
  }

  /** Returns how much of the files is read, a fraction. */
  async readShare(): Promise<number> {
    return await (this.#hasJournal ? this.#journal : this.#history).share();
  }

  /** Returns what is known as a report tells it, or null if nothing is. */
  story(): Story | null {
    if (this.#story?.version !== this.version) this.#story = { version: this.version, story: this.#tell() };
    return this.#story.story;
  }

  #tell(): Story | null {
    this.#storyProblem = null;
    try {
      return this.#storyOfFiles();
    } catch (error) {
      // Each line is whole, and yet they do not go together, such as a journal of another grid.
      const reason = error instanceof Error ? error.message : String(error);
      this.#storyProblem = `Cannot tell what happened from the files in ${this.#folder}: ${reason}`;
      return null;
    }
  }

  #storyOfFiles(): Story | null {
    const subject = this.#hasJournal ? this.#subject() : null;
    if (subject !== null) return this.#book.story(subject);
    return this.#summary && { summary: this.#summary, curves: this.#committedCurves, inspection: null };
  }

  #subject(): BookSubject | null {
    if (this.#progress !== null) {
      const { experiment, dataDigest, trials } = this.#progress.start;
      return { experiment, dataDigest, trials, settings: this.#settings };
    }
    if (this.#summary === null) return null;
    const { experiment, dataDigest, trials } = this.#summary;
    const known = trials.map(({ trial: id, point, repeat }) => ({ id, point, repeat }));
    return { experiment, dataDigest, trials: known, settings: this.#settings };
  }

  async #readSummary(): Promise<void> {
    const path = join(this.#folder, COMMITTED.summary.name);
    try {
      const stat = await ifThere({ action: "read", path }, () => Deno.stat(path));
      // It is written whole, as another file; of a large grid it has megabytes.
      const mark = stat === null ? null : `${stat.ino} ${stat.size} ${stat.mtime?.getTime()}`;
      if (mark === this.#summaryMark) return;
      this.#summaryMark = mark;
      this.version += 1;
      this.#summary = null;
      const text = await readIfThere(path);
      this.#summary = text === null ? null : parseSummary(text, { path });
      this.#summaryProblem = null;
    } catch (error) {
      this.#summaryProblem = readFailure(error, path);
    }
  }

  async #readSettings(): Promise<void> {
    // Nothing depends on them: of a winner whose settings are not known, they are not shown.
    const text = await readIfThere(join(this.#folder, LOCAL.specs.name)).catch(() => null);
    const settings = (text ?? "").split("\n").map(parseSettings).filter((line) => line !== null);
    this.#settings = new Map(settings.map(({ trial, model, solver }) => [trial, { model, solver }]));
  }

  async #readHistory(): Promise<boolean> {
    const { records, isNew, isMore } = await this.#history.read();
    if (isNew) this.#committedCurves = new Map();
    if (isNew || records.length > 0) this.version += 1;
    for (const row of records) {
      if (row === "heading") continue;
      let curve = this.#committedCurves.get(row.trial);
      if (curve === undefined) this.#committedCurves.set(row.trial, curve = emptyCurve());
      addEpoch(curve, row);
    }
    return isMore;
  }

  async #readHeartbeat(): Promise<void> {
    const path = join(this.#folder, LOCAL.activity.name);
    const stat = await Deno.stat(path).catch(() => null);
    this.#heartbeatMs = stat?.mtime?.getTime() ?? 0;
  }
}
