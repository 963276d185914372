import { InputError } from "../../../core/check/errors.ts";
import { gainOf, metricFacts, type MetricName, USUAL_METRIC } from "../../../core/facts/metric.ts";
import { cosPi } from "../../../core/numbers/cos_pi.ts";
import type { ScheduleSettings } from "./schedule_spec.ts";

/** The learning rates of a training. */
export interface Schedule {
  /** Returns the learning rate of a step, both from 1. Steps are asked for in their order; one may be asked for again. */
  rate(epoch: number, step: number): number;
  /** Learns the value of the metric that `select` names after an epoch, from 0. */
  observe(epoch: number, value: number): void;
  /** Returns what only measurements decide; null but for a plateau. */
  plateau(): Plateau | null;
}

/** The state of a plateau schedule after an epoch. */
export interface Plateau {
  /** The value of the last improvement. */
  readonly value: number;
  /** Epochs without an improvement, since the last one or since the rate fell. */
  readonly waited: number;
  /** The learning rate of the next epoch. */
  readonly rate: number;
}

/** Options of {@link createSchedule}. */
export interface CreateScheduleOptions {
  /** See {@link SolverSettings}. */
  readonly settings: ScheduledSettings;
  readonly stepsPerEpoch: number;
  /** The state after which training resumes; null before training. */
  readonly checkpoint: ScheduleState | null;
}

/** The settings of training that decide its learning rates. */
export interface ScheduledSettings {
  readonly optimizer: { readonly learningRate: number };
  readonly epochs: number;
  readonly lrDecay: number;
  readonly schedule?: ScheduleSettings;
  readonly select?: MetricName;
}

/** What a checkpoint says of learning rates. */
export interface ScheduleState {
  /** The last epoch that has run, at least 1. */
  readonly epoch: number;
  /** That of the last step. */
  readonly learningRate: number;
  readonly plateau?: Plateau;
}

/**
 * Makes a schedule. Its powers are running products, and its cosine is {@link cosPi}: no function that an engine may choose.
 *
 * @throws {InputError} If the schedule is a plateau and the checkpoint has none.
 */
export function createSchedule(options: CreateScheduleOptions): Schedule {
  const { settings, stepsPerEpoch } = options;
  const { lrDecay, optimizer: { learningRate } } = settings;
  const schedule = settings.schedule ?? { ...SHORT_FORM, decay: lrDecay };
  const unitsPerEpoch = "per" in schedule && schedule.per === "step" ? stepsPerEpoch : 1;
  const warmup = schedule.warmupEpochs * unitsPerEpoch;
  const { rateAfter, observe, plateau } = bindSchedule(schedule, { ...options, unitsPerEpoch, warmup });
  let unit = -1;
  let rate = learningRate;
  return {
    rate(epoch, step) {
      // The units that came before this one.
      const done = unitsPerEpoch === 1 ? epoch - 1 : (epoch - 1) * stepsPerEpoch + step - 1;
      if (done !== unit) rate = done < warmup ? learningRate * (done + 1) / (warmup + 1) : rateAfter(done);
      unit = done;
      return rate;
    },
    observe,
    plateau,
  };
}

const SHORT_FORM = { name: "exponential", warmupEpochs: 0, per: "epoch" } as const;

interface Bound extends Pick<Schedule, "observe" | "plateau"> {
  /** Returns the rate after so many units, warm-up among them. */
  readonly rateAfter: (done: number) => number;
}

interface Binding extends CreateScheduleOptions {
  readonly unitsPerEpoch: number;
  /** Units of the warm-up. */
  readonly warmup: number;
}

function bindSchedule(schedule: ScheduleSettings, binding: Binding): Bound {
  const { settings: { epochs, optimizer: { learningRate } }, unitsPerEpoch, warmup } = binding;
  switch (schedule.name) {
    case "constant":
      return withoutState(() => learningRate);
    case "exponential":
      return withoutState(product(binding, (done) => done > warmup ? schedule.decay : 1));
    case "step": {
      const { factor } = schedule;
      if ("every" in schedule) {
        const { every } = schedule;
        return withoutState(
          product(binding, (done) => done > warmup && (done - warmup) % every === 0 ? factor : 1),
        );
      }
      // Milestones of the warm-up count once it is over.
      const early = schedule.milestones.filter((milestone) => milestone <= warmup);
      const late = new Set(schedule.milestones.filter((milestone) => milestone > warmup));
      const start = early.reduce((power) => power * factor, 1);
      return withoutState(
        product(binding, (done) => done === warmup ? start : late.has(done) ? factor : 1),
      );
    }
    case "cosine": {
      const { minRate } = schedule;
      const units = epochs * unitsPerEpoch - warmup;
      return withoutState((done) => {
        // (1 + cos(a)) / 2 is cos(a / 2)^2, which loses no digits where the rate is small.
        const root = cosPi((done - warmup) / units / 2);
        return minRate + (learningRate - minRate) * (root * root);
      });
    }
    case "plateau":
      return bindPlateau(schedule, binding);
  }
}

function withoutState(rateAfter: (done: number) => number): Bound {
  return { rateAfter, observe: () => {}, plateau: () => null };
}

/** Binds a rate that is multiplied by a factor before each unit that follows the warm-up. */
function product(
  { settings: { optimizer: { learningRate } }, checkpoint, unitsPerEpoch, warmup }: Binding,
  factorBefore: (done: number) => number,
): (done: number) => number {
  // The last rate before the checkpoint is part of the product, unless it was one of the warm-up.
  let rate = checkpoint !== null && checkpoint.epoch * unitsPerEpoch > warmup
    ? checkpoint.learningRate
    : learningRate;
  return (done) => rate *= factorBefore(done);
}

/** Binds a rate that falls when the selected metric does not improve. */
function bindPlateau(
  { factor, patience, minDelta, minRate, warmupEpochs }: Extract<
    ScheduleSettings,
    { readonly name: "plateau" }
  >,
  { settings: { optimizer: { learningRate }, select = USUAL_METRIC }, checkpoint }: Binding,
): Bound {
  const metric = metricFacts(select);
  let state = checkpoint?.plateau ?? null;
  if (checkpoint !== null && state === null) {
    throw new InputError("Cannot resume from a checkpoint: it must have the state of the plateau schedule");
  }
  return {
    rateAfter: () => state?.rate ?? learningRate,
    observe(epoch, value) {
      const before = state ?? { value, waited: 0, rate: learningRate };
      const improves = epoch === 0 || gainOf(value, { over: before.value, metric }) > minDelta;
      const waited = improves || epoch <= warmupEpochs ? 0 : before.waited + 1;
      const falls = waited >= patience;
      state = {
        value: improves ? value : before.value,
        waited: falls ? 0 : waited,
        rate: falls ? Math.max(before.rate * factor, minRate) : before.rate,
      };
    },
    plateau: () => state,
  };
}
