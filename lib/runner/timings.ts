import { join } from "node:path";
import { fileProblem } from "../core/file_problem.ts";
import { exists } from "./exists.ts";
import type { Plan } from "./plan_run.ts";

/** Milliseconds from any fixed moment. */
export type Clock = () => number;

/** Appends to `timings.csv`, which git ignores, how long each trial took: a row a run of a trial. */
export class Timings {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #startedMs = new Map<string, number>();

  constructor({ folder }: Plan, { clock }: { readonly clock: Clock }) {
    this.#path = join(folder, "timings.csv");
    this.#clock = clock;
  }

  /** The trial begins now. */
  start(trial: string): void {
    this.#startedMs.set(trial, this.#clock());
  }

  /** The trial has ended; one whose begin was not heard of is left out. */
  async end(trial: string, { worker }: { readonly worker: number }): Promise<void> {
    const startedMs = this.#startedMs.get(trial);
    if (startedMs === undefined) return;
    const seconds = ((this.#clock() - startedMs) / 1000).toFixed(3);
    const head = await exists(this.#path) ? "" : "trial,seconds,worker\r\n";
    try {
      await Deno.writeTextFile(this.#path, `${head}${trial},${seconds},${worker}\r\n`, { append: true });
    } catch (error) {
      throw fileProblem(error, { action: "write", path: this.#path });
    }
  }
}
