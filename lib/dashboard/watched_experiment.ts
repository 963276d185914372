import { join } from "node:path";
import type { Trial } from "../experiment/trial.ts";
import type { LogRecord } from "../journal/journal_record.ts";
import { addEpoch, emptyCurve, type MutableCurve } from "../report/curve.ts";
import { HISTORY_COLUMNS } from "../report/history_csv.ts";
import type { Story } from "../report/story.ts";
import type { Summary } from "../report/summary.ts";
import { ACTIVITY_NAME, type ActivityLine, HEARTBEAT_MS } from "../runner/activity.ts";
import { readIfThere } from "../runner/read_if_there.ts";
import { LineTail } from "./line_tail.ts";
import { advance, type RunProgress } from "./run_progress.ts";
import { type BookSubject, TrialBook } from "./trial_book.ts";

/** Whether a run goes on: a killed one says no more, and its heart stands still. */
export type Liveness = "running" | "ended" | "killed" | "never ran here";

const SILENCE_MS = 5 * HEARTBEAT_MS;

/**
 * An experiment's folder of results, read again and again while a run may write it.
 *
 * What the journal tells counts first; where there is none, as in a fresh clone, the committed summary and history do.
 * Lines are taken as they are, without their checksums: whoever reuses them checks them.
 */
export class WatchedExperiment {
  readonly name: string;
  /** Changes with everything that is worth showing anew. */
  version = 0;
  readonly #folder: string;
  readonly #activity: LineTail;
  readonly #journal: LineTail;
  readonly #history: LineTail;
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
    this.#activity = new LineTail(join(this.#folder, ACTIVITY_NAME));
    this.#journal = new LineTail(join(this.#folder, "journal.jsonl"));
    this.#history = new LineTail(join(this.#folder, "history.csv"));
  }

  /** What the last run does; null if none ran here. */
  get progress(): RunProgress | null {
    return this.#progress;
  }

  /** What the journal told so far. */
  get book(): TrialBook {
    return this.#book;
  }

  /** Returns whether a run goes on. */
  liveness({ nowMs }: { readonly nowMs: number }): Liveness {
    if (this.#progress === null) return "never ran here";
    if (this.#progress.closed !== null) return "ended";
    return nowMs - this.#heartbeatMs > SILENCE_MS ? "killed" : "running";
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
    const { lines, isNew } = await this.#activity.read();
    if (isNew) this.#progress = null;
    for (const line of lines.map(activityOf)) {
      if (line !== null) this.#progress = advance(this.#progress, line);
    }
    if (isNew || lines.some((line) => line.startsWith('{"type":"run"'))) await this.#readSettings();
    if (isNew || lines.length > 0) this.version += 1;
    this.#heartbeatMs = (await statIfThere(join(this.#folder, ACTIVITY_NAME)))?.mtime?.getTime() ?? 0;
    await this.#readSummary();
  }

  async #readPiece(): Promise<boolean> {
    await this.#readOutline();
    const { lines, isNew, isMore } = await this.#journal.read();
    if (isNew) this.#book = new TrialBook();
    if (isNew || lines.length > 0) this.version += 1;
    for (const line of lines) {
      const record = recordOf(line);
      if (record !== null) this.#book.add(record);
    }
    this.#hasJournal ||= lines.length > 0;
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
    const path = join(this.#folder, "summary.json");
    const stat = await statIfThere(path);
    // It is written whole, as another file; of a large grid it has megabytes.
    const mark = stat === null ? null : `${stat.ino} ${stat.size} ${stat.mtime?.getTime()}`;
    if (mark === this.#summaryMark) return;
    const text = await readIfThere(path);
    this.#summaryMark = mark;
    this.#summary = text === null ? null : parse<Summary>(text);
    this.version += 1;
  }

  async #readSettings(): Promise<void> {
    const lines = (await readIfThere(join(this.#folder, "specs.jsonl")) ?? "").split("\n").slice(0, -1);
    this.#settings = new Map(lines.map((line) => {
      const { trial, model, solver } = parse<Pick<Trial, "model" | "solver"> & { readonly trial: string }>(
        line,
      );
      return [trial, { model, solver }];
    }));
  }

  async #readHistory(): Promise<boolean> {
    const { lines, isNew, isMore } = await this.#history.read();
    if (isNew) this.#committedCurves = new Map();
    if (isNew || lines.length > 0) this.version += 1;
    for (const line of lines) this.#addRow(line.trimEnd().split(","));
    return isMore;
  }

  #addRow([trial, epoch, loss, trainAccuracy, validationAccuracy]: readonly string[]): void {
    if (trial === HISTORY_COLUMNS[0]) return;
    let curve = this.#committedCurves.get(trial);
    if (curve === undefined) this.#committedCurves.set(trial, curve = emptyCurve());
    addEpoch(curve, {
      epoch: Number(epoch),
      loss: loss === "" ? null : Number(loss),
      trainAccuracy: Number(trainAccuracy),
      validationAccuracy: Number(validationAccuracy),
    });
  }
}

async function statIfThere(path: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function parse<T>(text: string): T {
  return JSON.parse(text);
}

/** What a line of the activity says; null if it is damaged. */
function activityOf(line: string): ActivityLine | null {
  try {
    return parse<ActivityLine>(line);
  } catch {
    return null;
  }
}

/** The record of a journal's line; null for a header, and for a line that is damaged. */
function recordOf(line: string): LogRecord | null {
  try {
    const { record } = parse<{ readonly record: LogRecord | { readonly type: "header" } }>(line);
    return record.type === "header" ? null : record;
  } catch {
    return null;
  }
}
