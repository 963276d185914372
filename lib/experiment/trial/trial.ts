import type { DataSpec } from "../../data/base/data_spec.ts";
import type { ResolvedModel } from "../../nn/net/model_spec.ts";
import type { SolverSettings } from "../../nn/training/solver_spec.ts";

/** A value of an axis of a grid. */
export type AxisValue = number | string | boolean | null;

/** One value for each axis of the grid, in the order of the axes. */
export type Point = Readonly<Record<string, AxisValue>>;

/** One training run: plain data, all that a worker needs besides the data set. */
export interface Trial {
  /**
   * First 16 hexadecimal digits of the SHA-256 of (data digest, model, solver, seed, repeat, numerics version), and of the
   * fold if it has one.
   */
  readonly id: string;
  /** Its point of the grid. */
  readonly point: Point;
  /** The index of the repeat of its point, from 0. */
  readonly repeat: number;
  /** The index of the fold that it is validated on, from 0; only where its data have folds. */
  readonly fold?: number;
  /** The experiment's seed; the trial's random streams are seeded by paths below `seed/repeat/`. */
  readonly seed: number;
  /** The data that it trains and is measured on. */
  readonly data: DataSpec;
  /** SHA-256 that identifies them and their splits. */
  readonly dataDigest: string;
  /** The net, defaults filled in. */
  readonly model: ResolvedModel;
  /** The settings of its training, defaults filled in. */
  readonly solver: SolverSettings;
  /** The epoch after which a run of it stops, to go on later; no part of its identity. Default: it runs to its end. */
  readonly stopAfter?: number;
}
