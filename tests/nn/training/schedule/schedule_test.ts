import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../../lib/core/check/errors.ts";
import type { MetricName } from "../../../../lib/core/facts/metric.ts";
import { resolveSchedule } from "../../../../lib/nn/training/schedule/resolve_schedule.ts";
import { createSchedule, type ScheduleState } from "../../../../lib/nn/training/schedule/schedule.ts";
import type { ScheduleSpec } from "../../../../lib/nn/training/schedule/schedule_spec.ts";

const STEPS = 4;

interface Run {
  readonly lrDecay?: number;
  readonly learningRate?: number;
  readonly epochs?: number;
  readonly select?: MetricName;
  /** What is measured after each epoch, from 0. Default: 0. */
  readonly values?: readonly number[];
  readonly from?: ScheduleState | null;
}

/** Returns the rate of every step, epoch by epoch, and the state after each epoch. */
function run(spec: ScheduleSpec | undefined, options: Run = {}) {
  const { lrDecay = 1, learningRate = 0.8, epochs = 6, select, values = [], from = null } = options;
  const resolved = resolveSchedule(spec, { action: "test", learningRate, lrDecay });
  const schedule = createSchedule({
    settings: { ...resolved, optimizer: { learningRate }, epochs, ...select === undefined ? {} : { select } },
    stepsPerEpoch: STEPS,
    checkpoint: from,
  });
  if (from === null) schedule.observe(0, values[0] ?? 0);
  const rates: number[][] = [];
  const states: ScheduleState[] = [];
  for (let epoch = (from?.epoch ?? 0) + 1; epoch <= epochs; epoch++) {
    rates.push(Array.from({ length: STEPS }, (_, i) => schedule.rate(epoch, i + 1)));
    schedule.observe(epoch, values[epoch] ?? 0);
    const plateau = schedule.plateau();
    states.push({
      ...{ epoch, learningRate: schedule.rate(epoch, STEPS) },
      ...plateau === null ? {} : { plateau },
    });
  }
  return { rates, states };
}

const RATES:
  readonly (readonly [spec: ScheduleSpec | undefined, options: Run, ofEpochs: readonly number[]])[] = [
    [undefined, {}, [0.8, 0.8, 0.8, 0.8, 0.8, 0.8]],
    [undefined, { lrDecay: 0.5 }, [0.8, 0.4, 0.2, 0.1, 0.05, 0.025]],
    [{ name: "exponential", decay: 0.5 }, {}, [0.8, 0.4, 0.2, 0.1, 0.05, 0.025]],
    [{ name: "constant", warmupEpochs: 3 }, {}, [0.2, 0.4, 0.8 * 3 / 4, 0.8, 0.8, 0.8]],
    [{ name: "exponential", decay: 0.5, warmupEpochs: 1 }, {}, [0.4, 0.8, 0.4, 0.2, 0.1, 0.05]],
    [{ name: "step", milestones: [1, 4], factor: 0.5 }, {}, [0.8, 0.4, 0.4, 0.4, 0.2, 0.2]],
    [{ name: "step", milestones: [1, 3, 4], factor: 0.5, warmupEpochs: 3 }, {}, [
      ...[0.2, 0.4, 0.8 * 3 / 4, 0.2, 0.1, 0.1],
    ]],
    [{ name: "step", every: 2, factor: 0.5 }, {}, [0.8, 0.8, 0.4, 0.4, 0.2, 0.2]],
    [{ name: "step", every: 2, factor: 0.5, warmupEpochs: 1 }, {}, [0.4, 0.8, 0.8, 0.4, 0.4, 0.2]],
    [{ name: "plateau", factor: 0.5, patience: 2 }, { values: [1, 1, 1, 1, 2, 2, 2] }, [
      ...[0.8, 0.8, 0.4, 0.4, 0.4, 0.4],
    ]],
    [{ name: "plateau", factor: 0.5, patience: 1, minRate: 0.3 }, {}, [0.8, 0.4, 0.3, 0.3, 0.3, 0.3]],
    [{ name: "plateau", factor: 0.5, patience: 1, minDelta: 1 }, { values: [0, 1, 2, 3.5, 4, 5, 6] }, [
      ...[0.8, 0.4, 0.4, 0.4, 0.2, 0.2],
    ]],
    [
      { name: "plateau", factor: 0.5, patience: 1 },
      { values: [5, 4, 3, 3, 4, 2, 1], select: "validationLoss" },
      [0.8, 0.8, 0.8, 0.4, 0.2, 0.2],
    ],
    [{ name: "plateau", factor: 0.5, patience: 1, warmupEpochs: 3 }, {}, [
      0.2,
      0.4,
      0.8 * 3 / 4,
      0.8,
      0.4,
      0.2,
    ]],
  ];

for (const [spec, options, ofEpochs] of RATES) {
  Deno.test(`createSchedule() has the same rate for all steps of an epoch, ${JSON.stringify([spec, options])}`, () => {
    assertEquals(run(spec, options).rates, ofEpochs.map((rate) => Array(STEPS).fill(rate)));
  });
}

Deno.test("createSchedule() changes the rate after each step when it counts steps", () => {
  const of = (spec: ScheduleSpec) => run(spec, { epochs: 2 }).rates.flat();
  assertEquals(of({ name: "constant", per: "step", warmupEpochs: 1 }), [
    ...[1, 2, 3, 4].map((k) => 0.8 * k / 5),
    ...[0.8, 0.8, 0.8, 0.8],
  ]);
  assertEquals(of({ name: "exponential", decay: 0.5, per: "step" }), [
    ...[0.8, 0.4, 0.2, 0.1, 0.05, 0.025, 0.0125, 0.00625],
  ]);
  assertEquals(of({ name: "step", milestones: [3, 5], factor: 0.5, per: "step" }), [
    ...[0.8, 0.8, 0.8, 0.4, 0.4, 0.2, 0.2, 0.2],
  ]);
});

Deno.test("createSchedule() has a cosine that starts with the whole rate and would end with the smallest", () => {
  const { rates } = run({ name: "cosine", minRate: 0.2, warmupEpochs: 2 });
  const expected = [
    0.8 / 3,
    1.6 / 3,
    ...[0, 1, 2, 3].map((k) => 0.2 + 0.6 * (1 + Math.cos(Math.PI * k / 4)) / 2),
  ];
  rates.forEach((ofEpoch, i) =>
    ofEpoch.forEach((rate) => assert(Math.abs(rate - expected[i]) < 1e-15, `epoch ${i + 1}: ${rate}`))
  );
  assertEquals(rates[2][0], 0.8);
});

Deno.test("createSchedule() keeps the rates of lrDecay a running product to the last bit", () => {
  let rate = 0.8;
  const expected = Array.from({ length: 50 }, (_, i) => i === 0 ? rate : rate *= 0.95);
  assertEquals(
    run(undefined, { lrDecay: 0.95, epochs: 50 }).rates.map(([first]) => first),
    expected,
  );
});

const SPECS: readonly (ScheduleSpec | undefined)[] = [
  undefined,
  ...(["epoch", "step"] as const).flatMap((per): ScheduleSpec[] =>
    [0, 2].flatMap((warmupEpochs): ScheduleSpec[] => [
      { name: "constant", per, warmupEpochs },
      { name: "exponential", decay: 0.93, per, warmupEpochs },
      { name: "step", milestones: [2, 3, 9, 13], factor: 0.7, per, warmupEpochs },
      { name: "step", every: 3, factor: 0.7, per, warmupEpochs },
      { name: "cosine", minRate: 0.01, per, warmupEpochs },
    ])
  ),
  { name: "plateau", factor: 0.7, patience: 2 },
  { name: "plateau", factor: 0.7, patience: 1, warmupEpochs: 2, minRate: 0.3 },
];

for (const spec of SPECS) {
  Deno.test(`createSchedule() goes on from every epoch with the same bits, ${JSON.stringify(spec ?? "lrDecay")}`, () => {
    const options = { lrDecay: spec === undefined ? 0.93 : 1, values: [3, 3, 4, 3, 3, 5, 5] };
    const whole = run(spec, options);
    for (const from of whole.states) {
      const rest = run(spec, { ...options, from });
      assertEquals(rest.rates, whole.rates.slice(from.epoch));
      assertEquals(rest.states, whole.states.slice(from.epoch));
    }
  });
}

Deno.test("createSchedule() throws when a checkpoint lacks the state of its plateau", () => {
  const spec = { name: "plateau", factor: 0.7, patience: 2 } as const;
  assertEquals(
    assertThrows(() => run(spec, { from: { epoch: 1, learningRate: 0.8 } }), InputError).message,
    "Cannot resume from a checkpoint: it must have the state of the plateau schedule",
  );
});
