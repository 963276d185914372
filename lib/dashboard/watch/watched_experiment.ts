import { join } from "node:path";
import { messageOf } from "../../core/check/message_of.ts";
import type { MetricName } from "../../core/facts/metric.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { ifThere } from "../../files/if_there.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import type { JournalRecord } from "../../journal/journal_record.ts";
import { parseSummary } from "../../report/files/parse_summary.ts";
import { COMMITTED, LOCAL } from "../../report/files/result_files.ts";
import { GrowingCurve } from "../../report/story/growing_curve.ts";
import type { Story } from "../../report/story/story.ts";
import { placeOf } from "../../report/summary/rank_points.ts";
import type { Summary } from "../../report/summary/summary.ts";
import { isBeating } from "../../runner/results/last_run.ts";
import type { ActivityLine } from "../../runner/run/activity.ts";
import { CheckedTail, readFailure } from "./checked_tail.ts";
import { type HistoryLine, parseActivity, parseHistory, parseRecord, parseSettings } from "./parse_line.ts";
import { advance, type RunProgress } from "./run_progress.ts";
import { type BookSubject, TrialBook } from "./trial_book.ts";

/** Whether a run is in progress; a killed run has no heartbeat any more. */
export type Liveness = "running" | "ended" | "killed" | "never ran here";

/**
 * An experiment's folder of results, polled while a run may write it.
 *
 * The journal has priority; without one, as in a fresh clone, the committed summary and history are used. Checksums
 * of lines are not checked, since nothing here is reused. Damaged data are skipped and reported in {@link problems},
 * so that one damaged file does not affect the others.
 */
export class WatchedExperiment {
  readonly name: string;
  /** Changes when the page must be drawn again. */
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
  #committedCurves = new Map<string, GrowingCurve>();
  /** The further metrics of the committed history. */
  #historyMetrics: readonly MetricName[] = [];
  #settings: ReadonlyMap<string, Pick<Trial, "model" | "solver">> = new Map();
  #story: { readonly version: number; readonly story: Story | null } | null = null;

  constructor(name: string, { resultsDir }: { readonly resultsDir: string }) {
    this.name = name;
    this.#folder = join(resultsDir, name);
    this.#activity = new CheckedTail(join(this.#folder, LOCAL.activity.name), parseActivity);
    this.#journal = new CheckedTail(join(this.#folder, LOCAL.journal.name), parseRecord);
    this.#history = new CheckedTail(join(this.#folder, COMMITTED.history.name), parseHistory);
  }

  /** The progress of the last run; null if none ran here. */
  get progress(): RunProgress | null {
    return this.#progress;
  }

  /** The journal's records so far. */
  get book(): TrialBook {
    return this.#book;
  }

  /** Whether its journal has been read, in part at least. */
  get isFollowed(): boolean {
    return this.#hasJournal;
  }

  /** The damaged or unreadable files, a sentence each. */
  get problems(): readonly string[] {
    return [
      this.#summaryProblem,
      this.#activity.problem,
      this.#journal.problem,
      this.#history.problem,
      this.#storyProblem,
    ].filter((problem) => problem !== null);
  }

  /** Returns whether a run is in progress. */
  liveness({ nowMs }: { readonly nowMs: number }): Liveness {
    if (this.#progress === null) return "never ran here";
    if (this.#progress.closed !== null) return "ended";
    return isBeating(this.#heartbeatMs, { nowMs }) ? "running" : "killed";
  }

  /** Reads the last run's progress and the committed summary, which is enough for the list of experiments. */
  refreshOutline(): Promise<void> {
    return this.#inTurn(() => this.#readOutline());
  }

  /**
   * Reads a piece of the new data.
   *
   * @returns Whether there is more to read at once.
   */
  refresh(): Promise<boolean> {
    return this.#inTurn(() => this.#readPiece());
  }

  /** Runs concurrent reads one after the other, so that no line is read twice. */
  #inTurn<T>(read: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(read);
    this.#turn = turn.then(() => {}, () => {});
    return turn;
  }

  async #readOutline(): Promise<void> {
    let hasBegun = false;
    const { count, isNew } = await this.#activity.read({
      forget: () => this.#progress = null,
      take: (line) => {
        this.#progress = advance(this.#progress, line);
        hasBegun ||= line.type === "run";
      },
    });
    if (isNew || hasBegun) await this.#readSettings();
    if (isNew || count > 0) this.version += 1;
    await this.#readHeartbeat();
    await this.#readSummary();
  }

  async #readPiece(): Promise<boolean> {
    await this.#readOutline();
    const { count, isNew, isMore } = await this.#journal.read({
      forget: () => this.#book = new TrialBook(),
      take: (record) => {
        if (record.type !== "header") this.#book.add(record);
      },
    });
    if (isNew || count > 0) this.version += 1;
    this.#hasJournal ||= count > 0;
    return isMore || (!this.#hasJournal && await this.#readHistory());
  }

  /** Returns the share of the files that has been read, a fraction. */
  async readShare(): Promise<number> {
    return await (this.#hasJournal ? this.#journal : this.#history).share();
  }

  /** Returns the known data as a story, or null if nothing is known. */
  story(): Story | null {
    if (this.#story?.version !== this.version) {
      this.#story = { version: this.version, story: this.#summarize() };
    }
    return this.#story.story;
  }

  #summarize(): Story | null {
    this.#storyProblem = null;
    try {
      return this.#storyOfFiles();
    } catch (error) {
      // All lines are valid, but they do not match, such as a journal of another grid.
      const reason = messageOf(error);
      this.#storyProblem = `Cannot summarize the files in ${this.#folder}: ${reason}`;
      return null;
    }
  }

  #storyOfFiles(): Story | null {
    const subject = this.#hasJournal ? this.#subject() : null;
    if (subject !== null) return this.#book.story(subject);
    if (this.#summary === null) return null;
    const curves = new Map(this.#committedCurves.entries().map(([trial, curve]) => [trial, curve.curve()]));
    return { summary: this.#summary, curves, inspection: null };
  }

  #subject(): BookSubject | null {
    if (this.#progress !== null) {
      const { experiment, dataDigest, trials } = this.#progress.start;
      return { experiment, dataDigest, trials, settings: this.#settings };
    }
    if (this.#summary === null) return null;
    const { experiment, dataDigest, trials } = this.#summary;
    const known = trials.map(({ trial: id, ...place }) => ({ id, ...placeOf(place) }));
    return { experiment, dataDigest, trials: known, settings: this.#settings };
  }

  async #readSummary(): Promise<void> {
    const path = join(this.#folder, COMMITTED.summary.name);
    try {
      const stat = await ifThere({ action: "read", path }, () => Deno.stat(path));
      // Read only when it changed, since a large grid's summary has megabytes; it is replaced atomically by a new
      // file.
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
    // The settings are optional: without them, the winner is shown without settings.
    const text = await readIfThere(join(this.#folder, LOCAL.specs.name)).catch(() => null);
    const settings = (text ?? "").split("\n").map(parseSettings).filter((line) => line !== null);
    this.#settings = new Map(settings.map(({ trial, model, solver }) => [trial, { model, solver }]));
  }

  async #readHistory(): Promise<boolean> {
    const { count, isNew, isMore } = await this.#history.read({
      forget: () => this.#committedCurves = new Map(),
      take: (row) => {
        if ("metrics" in row) {
          this.#historyMetrics = row.metrics;
          return;
        }
        let curve = this.#committedCurves.get(row.trial);
        if (curve === undefined) this.#committedCurves.set(row.trial, curve = new GrowingCurve());
        const further = this.#historyMetrics.map((name, index) => [name, row.further[index]]);
        curve.add({ ...row, metrics: Object.fromEntries(further) });
      },
    });
    if (isNew || count > 0) this.version += 1;
    return isMore;
  }

  async #readHeartbeat(): Promise<void> {
    const path = join(this.#folder, LOCAL.activity.name);
    const stat = await Deno.stat(path).catch(() => null);
    this.#heartbeatMs = stat?.mtime?.getTime() ?? 0;
  }
}
