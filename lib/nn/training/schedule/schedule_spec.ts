/** How the learning rate changes during training: plain data. Settings of another schedule are a type error. */
export type ScheduleSpec =
  | ConstantSpec
  | ExponentialSpec
  | MilestonesSpec
  | EverySpec
  | CosineSpec
  | PlateauSpec;

/** What every schedule has: a linear warm-up at the beginning. */
export interface Warmup {
  /**
   * Epochs in which the learning rate rises from near 0. Default: 0.
   *
   * Of W epochs (or steps) the k-th, from 1, has `learningRate * k / (W + 1)`; the schedule begins after them, with the whole
   * rate. It is PyTorch's `LinearLR` with `start_factor = 1 / (W + 1)` in a `SequentialLR`.
   */
  readonly warmupEpochs?: number;
}

/** What the schedules have that follow a formula. */
export interface Counted extends Warmup {
  /**
   * What the schedule counts, warm-up included: epochs, or training steps, so that the rate changes after each of them.
   * Default: "epoch".
   */
  readonly per?: "epoch" | "step";
}

/** The learning rate of the optimizer throughout; it is worth a field for its warm-up. */
export interface ConstantSpec extends Counted {
  /** Identifies the schedule. */
  readonly name: "constant";
}

/** The learning rate is multiplied by `decay` after every epoch (or step): PyTorch's `ExponentialLR`. */
export interface ExponentialSpec extends Counted {
  /** Identifies the schedule. */
  readonly name: "exponential";
  /** In (0, 1]. */
  readonly decay: number;
}

/** The learning rate is multiplied by `factor` after some epochs (or steps): PyTorch's `MultiStepLR`. */
export interface MilestonesSpec extends Counted {
  /** Identifies the schedule. */
  readonly name: "step";
  /** After which epochs (or steps) of training, each from 1 on and above the one before; warm-up counts among them. */
  readonly milestones: readonly number[];
  /** Not given beside `milestones`. */
  readonly every?: never;
  /** In (0, 1]. */
  readonly factor: number;
}

/** The learning rate is multiplied by `factor` after every so many epochs (or steps): PyTorch's `StepLR`. */
export interface EverySpec extends Counted {
  /** Identifies the schedule. */
  readonly name: "step";
  /** How many, at least 1, counted from the end of the warm-up. */
  readonly every: number;
  /** Not given beside `every`. */
  readonly milestones?: never;
  /** In (0, 1]. */
  readonly factor: number;
}

/**
 * The learning rate falls along half a cosine (Loshchilov and Hutter 2017, without restarts).
 *
 * After k of the T epochs (or steps) that follow the warm-up it is
 * `minRate + (learningRate - minRate) * (1 + cos(pi * k / T)) / 2`, so that `minRate` would be reached after the last. It is
 * PyTorch's `CosineAnnealingLR` with `T_max = T`, and Keras' `CosineDecay`.
 */
export interface CosineSpec extends Counted {
  /** Identifies the schedule. */
  readonly name: "cosine";
  /** From 0 to the learning rate. Default: 0. */
  readonly minRate?: number;
}

/**
 * The learning rate is multiplied by `factor` whenever the metric that `select` names has not improved for some epochs.
 *
 * Patience counts as that of {@link SolverSpec} and of Keras' `ReduceLROnPlateau` does; PyTorch's waits one epoch more for the
 * same number. Epoch 0 counts as the first improvement, which neither measures. Both default to a `minDelta` of 1e-4, which
 * PyTorch takes relative to the best value.
 */
export interface PlateauSpec extends Warmup {
  /** Identifies the schedule. */
  readonly name: "plateau";
  /** In (0, 1). */
  readonly factor: number;
  /** Epochs without an improvement, at least 1; those of the warm-up do not count. */
  readonly patience: number;
  /** The smallest improvement that counts, which must be exceeded, from 0 on. Default: 0. */
  readonly minDelta?: number;
  /** The rate falls no further, from 0 to the learning rate. Default: 0. */
  readonly minRate?: number;
}

/** A schedule with its defaults filled in; see {@link ScheduleSpec}. */
export type ScheduleSettings =
  | Required<ConstantSpec>
  | Required<ExponentialSpec>
  | Required<Omit<MilestonesSpec, "every">>
  | Required<Omit<EverySpec, "milestones">>
  | Required<CosineSpec>
  | Required<PlateauSpec>;
