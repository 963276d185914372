import { join } from "node:path";
import { fileProblem } from "../../files/file_problem.ts";
import { writeAllSync } from "../../files/write_all.ts";
import { columnNames, TIMINGS_COLUMNS } from "../../report/files/columns.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import type { Plan } from "../plan/plan_run.ts";

/** Returns milliseconds since a fixed moment. */
export type Clock = () => number;

/** Appends the duration of each trial to `timings.csv`, which git ignores: a row per run of a trial. */
export class Timings {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #startedMs = new Map<string, number>();
  /** It stays open, since opening it for each of thousands of short trials takes longer than writing. */
  #file: Deno.FsFile | null = null;

  constructor({ folder }: Plan, { clock }: { readonly clock: Clock }) {
    this.#path = join(folder, LOCAL.timings.name);
    this.#clock = clock;
  }

  /** Records that a trial starts. */
  start(trial: string): void {
    this.#startedMs.set(trial, this.#clock());
  }

  /** Records that a trial has ended; one without a start is left out. */
  end(trial: string, { worker }: { readonly worker: number }): void {
    const startedMs = this.#startedMs.get(trial);
    if (startedMs === undefined) return;
    this.#startedMs.delete(trial);
    const seconds = ((this.#clock() - startedMs) / 1000).toFixed(3);
    try {
      const isNew = this.#file === null;
      this.#file ??= Deno.openSync(this.#path, { append: true, create: true });
      const head = isNew && this.#file.statSync().size === 0
        ? `${columnNames(TIMINGS_COLUMNS).join(",")}\r\n`
        : "";
      writeText(this.#file, `${head}${trial},${seconds},${worker}\r\n`);
    } catch (error) {
      throw fileProblem(error, { action: "write", path: this.#path });
    }
  }

  [Symbol.dispose](): void {
    this.#file?.close();
    this.#file = null;
  }
}

function writeText(file: Deno.FsFile, text: string): void {
  writeAllSync(file, new TextEncoder().encode(text));
}
