import type { Axes } from "../../experiment/declaration/experiment.ts";
import type { Declaration } from "../../experiment/points/expand_points.ts";
import type { Override } from "./override_experiment.ts";

/** What the thread that runs an experiment file is asked: once, at its start. */
export interface DeclarationRequest {
  /** URL of the experiment file. */
  readonly url: string;
  readonly overrides: readonly Override[];
  /** Whether the last point is expanded first, and nothing that the file prints is shown. */
  readonly isRepetition: boolean;
  /** Whether the file may read the clock and draw random numbers. */
  readonly isTrusted: boolean;
  /** What the thread shows of its life. */
  readonly signs: DeclarationSigns;
  /** Takes the answers; out of the file's reach. */
  readonly port: MessagePort;
}

/** What it answers: the axes as soon as they are known, and then how it went. */
export type DeclarationAnswer =
  | { readonly type: "axes"; readonly grid: Axes }
  | { readonly type: "declared"; readonly declaration: Declaration }
  | DeclarationProblem;

/** Why there is no declaration. */
export interface DeclarationProblem {
  /** What was under way: "set" is setting the fields of `--set`. */
  readonly type: "load" | "set" | "expand";
  readonly message: string;
  readonly stack: string;
  /** Whether it is the user's to mend. */
  readonly isInput: boolean;
}

/** Three numbers in memory that both threads see: beats, the point that is being expanded, and whether to stop. */
export type DeclarationSigns = Int32Array;

const BEATS = 0;
const POINT = 1;
const STOP = 2;

/** Returns signs of a thread that has neither beaten nor expanded a point. */
export function createSigns(): DeclarationSigns {
  const signs = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  signs[POINT] = -1;
  return signs;
}

/**
 * The thread is alive, and at a point or, before the first, still loading.
 *
 * @throws {Error} If it is to stop. Deno ends a thread that computes two seconds after it is asked to, in which one can
 * take gigabytes.
 */
export function beat(signs: DeclarationSigns, point = -1): void {
  if (Atomics.load(signs, STOP) === 1) throw new Error("Nobody waits for this declaration any more");
  Atomics.store(signs, POINT, point);
  Atomics.add(signs, BEATS, 1);
}

/** Asks the thread to stop at its next beat. */
export function requestStop(signs: DeclarationSigns): void {
  Atomics.store(signs, STOP, 1);
}

/** Returns a number that changes with every beat. */
export function beats(signs: DeclarationSigns): number {
  return Atomics.load(signs, BEATS);
}

/** Returns the index of the point that is being expanded, or null before the first. */
export function pointUnderWay(signs: DeclarationSigns): number | null {
  const point = Atomics.load(signs, POINT);
  return point === -1 ? null : point;
}
