import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../../lib/core/check/errors.ts";
import { resolveSchedule } from "../../../../lib/nn/training/schedule/resolve_schedule.ts";
import type { ScheduleSpec } from "../../../../lib/nn/training/schedule/schedule_spec.ts";

const options = { action: "test", learningRate: 0.1, lrDecay: 1 };

const RESOLVED: readonly (readonly [ScheduleSpec | undefined, object])[] = [
  [undefined, { lrDecay: 1 }],
  [{ name: "constant" }, { lrDecay: 1 }],
  [{ name: "constant", warmupEpochs: 0, per: "step" }, { lrDecay: 1 }],
  [{ name: "exponential", decay: 0.9 }, { lrDecay: 0.9 }],
  [{ name: "exponential", decay: 0.9, warmupEpochs: undefined, per: "epoch" }, { lrDecay: 0.9 }],
  [{ name: "constant", warmupEpochs: 2 }, {
    lrDecay: 1,
    schedule: { name: "constant", warmupEpochs: 2, per: "epoch" },
  }],
  [{ name: "exponential", decay: 0.9, per: "step" }, {
    lrDecay: 1,
    schedule: { name: "exponential", decay: 0.9, warmupEpochs: 0, per: "step" },
  }],
  [{ name: "step", milestones: [2, 5], factor: 0.1 }, {
    lrDecay: 1,
    schedule: { name: "step", milestones: [2, 5], factor: 0.1, warmupEpochs: 0, per: "epoch" },
  }],
  [{ name: "step", every: 2, factor: 0.1 }, {
    lrDecay: 1,
    schedule: { name: "step", every: 2, factor: 0.1, warmupEpochs: 0, per: "epoch" },
  }],
  [{ name: "cosine" }, {
    lrDecay: 1,
    schedule: { name: "cosine", minRate: 0, warmupEpochs: 0, per: "epoch" },
  }],
  [{ name: "plateau", factor: 0.5, patience: 3 }, {
    lrDecay: 1,
    schedule: { name: "plateau", factor: 0.5, patience: 3, minDelta: 0, minRate: 0, warmupEpochs: 0 },
  }],
];

for (const [spec, expected] of RESOLVED) {
  Deno.test(`resolveSchedule() fills in the defaults of ${JSON.stringify(spec)}, and of what it returns`, () => {
    const resolved = resolveSchedule(spec, options);
    assertEquals<object>(resolved, expected);
    assertEquals(resolveSchedule(resolved.schedule, { ...options, lrDecay: resolved.lrDecay }), resolved);
  });
}

const WRONG: readonly (readonly [schedule: unknown, message: string])[] = [
  ["cosine", 'solver.schedule must be an object, found "cosine"'],
  [{}, 'solver.schedule.name must be "constant", "exponential", "step", "cosine" or "plateau"'],
  [
    { name: "linear" },
    'solver.schedule.name must be "constant", "exponential", "step", "cosine" or "plateau", found "linear"',
  ],
  [
    { name: "constant", decay: 0.9 },
    "solver.schedule.decay is not a field, the fields are name, warmupEpochs, per",
  ],
  [
    { name: "plateau", factor: 0.5, patience: 1, per: "step" },
    "solver.schedule.per is not a field, the fields are name, factor, patience, minDelta, minRate, warmupEpochs",
  ],
  [{ name: "exponential" }, "solver.schedule.decay must be a number above 0 and at most 1"],
  [
    { name: "exponential", decay: 2 },
    "solver.schedule.decay must be a number above 0 and at most 1, found 2",
  ],
  [{ name: "step", factor: 0.5 }, "solver.schedule must have milestones or every, found neither"],
  [
    { name: "step", factor: 0.5, every: 1, milestones: [1] },
    "solver.schedule must have milestones or every, found both",
  ],
  ...[[], [0], [2, 2], [1.5], 3, [1, undefined]].map((milestones) =>
    [
      { name: "step", factor: 0.5, milestones },
      `solver.schedule.milestones must be a list of whole numbers from 1 on, each above the one before, found ${
        JSON.stringify(milestones).replace("null", '"undefined"')
      }`,
    ] as const
  ),
  [
    { name: "cosine", warmupEpochs: -1 },
    "solver.schedule.warmupEpochs must be a whole number from 0 on, found -1",
  ],
  [{ name: "cosine", per: "batch" }, 'solver.schedule.per must be "epoch" or "step", found "batch"'],
  [
    { name: "cosine", minRate: 0.2 },
    "solver.schedule.minRate must be at most the learning rate, which is 0.1, found 0.2",
  ],
  [
    { name: "plateau", factor: 1, patience: 1 },
    "solver.schedule.factor must be a number above 0 and below 1, found 1",
  ],
  [
    { name: "plateau", factor: 0.5, patience: 0 },
    "solver.schedule.patience must be a whole number from 1 on, found 0",
  ],
];

for (const [schedule, message] of WRONG) {
  Deno.test(`resolveSchedule() refuses ${JSON.stringify(schedule)}`, () => {
    const resolve = () => resolveSchedule(schedule as ScheduleSpec, options);
    assertEquals(assertThrows(resolve, InputError).message, `Cannot test: ${message}`);
  });
}

Deno.test("resolveSchedule() refuses a decay beside a schedule", () => {
  const resolve = () => resolveSchedule({ name: "cosine" }, { ...options, lrDecay: 0.9 });
  assertEquals(
    assertThrows(resolve, InputError).message,
    "Cannot test: solver.lrDecay must not be given beside solver.schedule, found 0.9",
  );
});

Deno.test("ScheduleSpec refuses a setting of another schedule when types are checked", () => {
  const specs: readonly ScheduleSpec[] = [
    // @ts-expect-error A constant rate has no decay.
    { name: "constant", decay: 0.9 },
    // @ts-expect-error A plateau is judged after epochs.
    { name: "plateau", factor: 0.5, patience: 1, per: "step" },
    // @ts-expect-error Milestones and every exclude each other.
    { name: "step", factor: 0.5, every: 1, milestones: [1] },
  ];
  assertEquals(specs.length, 3);
});
