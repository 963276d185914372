import { InputError } from "../../../core/check/errors.ts";
import { checkFields, numberWhere, oneOf, type Rule, show, wholeNumber } from "../../../core/check/fields.ts";
import type { ScheduleSettings, ScheduleSpec } from "./schedule_spec.ts";

/** What a schedule is checked with. */
export interface ResolveScheduleOptions {
  /** Completes "Cannot ...:". */
  readonly action: string;
  /** The optimizer's. */
  readonly learningRate: number;
  /** As `solver.lrDecay` gives it; a schedule stands in its place. */
  readonly lrDecay: number;
}

/** A schedule in the one form that decides a trial's id: what `lrDecay` can say, it says. */
export interface ResolvedSchedule {
  readonly lrDecay: number;
  /** Only where `lrDecay` cannot say it. */
  readonly schedule?: ScheduleSettings;
}

/**
 * Checks a schedule and fills in its defaults.
 *
 * A constant rate without warm-up, and an exponential decay by epoch without warm-up, become `lrDecay`, so that both ways of
 * writing them are the same trial.
 *
 * @throws {InputError} `Cannot <action>: solver.schedule.<field> must be ..., found ...`.
 */
export function resolveSchedule(
  schedule: ScheduleSpec | undefined,
  { action, learningRate, lrDecay }: ResolveScheduleOptions,
): ResolvedSchedule {
  if (schedule === undefined) return { lrDecay };
  const place = { action, path: "solver.schedule" };
  const name = typeof schedule === "object" && schedule !== null ? schedule.name : undefined;
  if (name === undefined || !scheduleName.accepts(name)) {
    checkFields(schedule, { ...place, required: { name: scheduleName }, others: true });
  }
  const { required = {}, optional = {} } = RULES[name!];
  checkFields(schedule, { ...place, required: { name: scheduleName, ...required }, optional });
  if (schedule.name === "step") checkStep(schedule, place);
  const { minRate = 0 } = schedule as { readonly minRate?: number };
  if (minRate > learningRate) {
    throw new InputError(
      `Cannot ${action}: solver.schedule.minRate must be at most the learning rate, which is ${
        show(learningRate)
      }, ` +
        `found ${show(minRate)}`,
    );
  }
  // Settings that are checked again have a decay of 1.
  if (lrDecay !== 1) {
    throw new InputError(
      `Cannot ${action}: solver.lrDecay must not be given beside solver.schedule, found ${show(lrDecay)}`,
    );
  }
  // The checks above guarantee the type; a field that is given as undefined has its default.
  const given = Object.fromEntries(Object.entries(schedule).filter(([, value]) => value !== undefined));
  const settings = { name, ...DEFAULTS[name!], ...given } as ScheduleSettings;
  const isPlain = settings.warmupEpochs === 0;
  if (settings.name === "constant" && isPlain) return { lrDecay: 1 };
  if (settings.name === "exponential" && isPlain && settings.per === "epoch") {
    return { lrDecay: settings.decay };
  }
  return {
    lrDecay: 1,
    schedule: "milestones" in settings ? { ...settings, milestones: [...settings.milestones] } : settings,
  };
}

interface Place {
  readonly action: string;
  readonly path: string;
}

type Step = Extract<ScheduleSpec, { readonly name: "step" }>;

function checkStep({ milestones, every }: Step, { action, path }: Place): void {
  if ((milestones === undefined) === (every === undefined)) {
    const found = milestones === undefined ? "neither" : "both";
    throw new InputError(`Cannot ${action}: ${path} must have milestones or every, found ${found}`);
  }
}

const atMost1 = numberWhere("a number above 0 and at most 1", (value) => value > 0 && value <= 1);
const below1 = numberWhere("a number above 0 and below 1", (value) => value > 0 && value < 1);
const notNegative = numberWhere("a number from 0 on", (value) => value >= 0);
const rising: Rule = {
  expected: "a list of whole numbers from 1 on, each above the one before",
  accepts: (value) =>
    Array.isArray(value) && value.length > 0 &&
    Array.from(value).every((unit, i) => Number.isSafeInteger(unit) && unit > (i === 0 ? 0 : value[i - 1])),
};

const WARMUP = { warmupEpochs: wholeNumber({ min: 0 }) };
const COUNTED = { ...WARMUP, per: oneOf("epoch", "step") };

type Rules = Readonly<Record<string, Rule>>;

const RULES: Readonly<
  Record<ScheduleSpec["name"], { readonly required?: Rules; readonly optional: Rules }>
> = {
  constant: { optional: COUNTED },
  exponential: { required: { decay: atMost1 }, optional: COUNTED },
  step: {
    required: { factor: atMost1 },
    optional: { milestones: rising, every: wholeNumber({ min: 1 }), ...COUNTED },
  },
  cosine: { optional: { minRate: notNegative, ...COUNTED } },
  plateau: {
    required: { factor: below1, patience: wholeNumber({ min: 1 }) },
    optional: { minDelta: notNegative, minRate: notNegative, ...WARMUP },
  },
};

const COUNTED_DEFAULTS = { warmupEpochs: 0, per: "epoch" };
const DEFAULTS: Readonly<Record<ScheduleSpec["name"], Readonly<Record<string, unknown>>>> = {
  constant: COUNTED_DEFAULTS,
  exponential: COUNTED_DEFAULTS,
  step: COUNTED_DEFAULTS,
  cosine: { minRate: 0, ...COUNTED_DEFAULTS },
  plateau: { minDelta: 0, minRate: 0, warmupEpochs: 0 },
};

const scheduleName = oneOf(...Object.keys(RULES));
