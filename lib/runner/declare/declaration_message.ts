import type { PointShape } from "../../experiment/declaration/point_set.ts";
import type { Declaration } from "../../experiment/points/expand_points.ts";
import type { Override } from "./override_experiment.ts";

/** The request to the thread that runs an experiment file; it is sent once, at its start. */
export interface DeclarationRequest {
  /** URL of the experiment file. */
  readonly url: string;
  readonly overrides: readonly Override[];
  /** Whether the last point is expanded first, and the file's output is hidden. */
  readonly isRepetition: boolean;
  /** Whether the file may read the clock and draw random numbers. */
  readonly isTrusted: boolean;
  /** The thread's heartbeat and progress. */
  readonly signs: DeclarationSigns;
  /** Port for the answers, which the file cannot access. */
  readonly port: MessagePort;
}

/** The answers of the thread: the axes as soon as they are known, then the declaration or a problem. */
export type DeclarationAnswer =
  | { readonly type: "shape"; readonly shape: PointShape }
  | { readonly type: "declared"; readonly declaration: Declaration }
  | DeclarationProblem;

/** The reason why there is no declaration. */
export interface DeclarationProblem {
  /** The stage that failed: "set" is setting the fields of `--set`. */
  readonly type: "load" | "set" | "expand";
  readonly message: string;
  readonly stack: string;
  /** Whether the user can fix it. */
  readonly isInput: boolean;
}

/** Three numbers in shared memory: beats, the point that is being expanded, and whether to stop. */
export type DeclarationSigns = Int32Array;

const BEATS = 0;
const POINT = 1;
const STOP = 2;

/** Returns the initial signs of a thread: no beat and no point. */
export function createSigns(): DeclarationSigns {
  const signs = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  signs[POINT] = -1;
  return signs;
}

/**
 * Signals that the thread is alive, and at a point or, before the first, still loading.
 *
 * @throws {Error} If it must stop. Deno ends a busy thread only two seconds after a request, in which it can allocate
 * gigabytes.
 */
export function beat(signs: DeclarationSigns, point = -1): void {
  if (Atomics.load(signs, STOP) === 1) throw new Error("The declaration was cancelled");
  Atomics.store(signs, POINT, point);
  Atomics.add(signs, BEATS, 1);
}

/** Requests that the thread stops at its next beat. */
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
