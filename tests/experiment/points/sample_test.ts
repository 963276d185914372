import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { defineExperiment } from "../../../lib/experiment/declaration/define_experiment.ts";
import {
  choice,
  type Distribution,
  integers,
  logUniform,
  uniform,
} from "../../../lib/experiment/declaration/distribution.ts";
import type { PointSet } from "../../../lib/experiment/declaration/point_set.ts";
import { expandGrid } from "../../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../../lib/experiment/points/expand_points.ts";
import { product } from "../../../lib/experiment/points/product.ts";
import { sample, type SampleMethod, type SampleOptions } from "../../../lib/experiment/points/sample.ts";
import type { Point } from "../../../lib/experiment/trial/trial.ts";
import { declaration, sound } from "../fakes.ts";

const { grid: _, trial: __, ...rest } = declaration;
const AXES = {
  rate: logUniform(1e-4, 1),
  keep: uniform(0.5, 1),
  depth: integers(1, 5),
  dims: choice([[8], [8, 8]]),
};

const pointsOf = (points: PointSet): readonly Point[] =>
  expandPoints(defineExperiment({ ...rest, points, trial: () => sound })).points;

const draw = (options: SampleOptions) => pointsOf(sample(AXES, options));

const METHODS: readonly SampleMethod[] = ["sobol", "random", "latinHypercube"];

Deno.test("sample() gives the same points each time, and others with another method or seed", () => {
  const seen = new Set<string>();
  for (const method of METHODS) {
    for (const seed of [0, 1]) {
      const points = draw({ points: 16, method, seed });
      assertEquals(draw({ points: 16, method, seed }), points);
      assertEquals(points.length, 16);
      seen.add(JSON.stringify(points));
    }
  }
  assertEquals(seen.size, 6);
  assertEquals(draw({ points: 16 }), draw({ points: 16, method: "sobol", seed: 0 }));
});

Deno.test("sample() is what it was in earlier versions: published points must not move", () => {
  assertEquals(METHODS.map((method) => draw({ points: 2, method, seed: 5 })), PUBLISHED);
});

Deno.test("sample() keeps the earlier points and their trials when there are more, but for the Latin hypercube", () => {
  for (const method of ["sobol", "random"] as const) {
    assertEquals(draw({ points: 64, method }).slice(0, 10), draw({ points: 10, method }));
  }
  const ids = (points: number) => {
    const set = sample({ rate: logUniform(1e-3, 1) }, { points });
    const trial = ({ rate }: { readonly rate: number }) => declaration.trial({ rate, width: 4 });
    const experiment = defineExperiment({ ...rest, points: set, trial });
    return expandGrid(expandPoints(experiment), { dataDigest: "data" }).trials.map(({ id }) => id);
  };
  assertEquals(ids(20).slice(0, 8), ids(8));
});

Deno.test("sample() spreads 2^n points evenly over each axis by Sobol and by the Latin hypercube", () => {
  for (const method of ["sobol", "latinHypercube"] as const) {
    for (let seed = 0; seed < 8; seed++) {
      const values = pointsOf(sample({ x: uniform(0, 1) }, { points: 64, method, seed })).map(({ x }) =>
        x as number
      );
      // Rounding to a thousandth moves at most a few of them over an edge.
      const parts = new Set(values.map((value) => Math.min(63, Math.floor(value * 64))));
      assert(parts.size >= 58, `${method}, seed ${seed}: ${parts.size} parts`);
    }
  }
});

Deno.test("sample() can be mixed with a grid", () => {
  const points = pointsOf(product({ name: ["sgd", "adam"] }, sample({ rate: uniform(0, 1) }, { points: 3 })));
  assertEquals(points.map(({ name }) => name), ["sgd", "sgd", "sgd", "adam", "adam", "adam"]);
  assertEquals(points.slice(0, 3).map(({ rate }) => rate), points.slice(3).map(({ rate }) => rate));
});

const many = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`a${index}`, uniform(0, 1)]));

const WRONG: readonly (readonly [axes: unknown, options: unknown, message: string])[] = [
  [AXES, {}, "points must be a whole number from 1 on"],
  [AXES, { points: 0 }, "points must be a whole number from 1 on, found 0"],
  [AXES, { points: 1e9 }, "points must be at most 100000, found 1000000000"],
  [AXES, { points: 1, method: "grid" }, 'method must be "sobol", "random" or "latinHypercube", found "grid"'],
  [AXES, { points: 1, seed: -1 }, "seed must be a whole number from 0 on, found -1"],
  [{}, { points: 1 }, "it must have at least one axis, found none"],
  [
    { a: [1, 2] },
    { points: 1 },
    "a must be what uniform, logUniform, integers or choice returns, found [1,2]",
  ],
  [
    { "a b": uniform(0, 1) },
    { points: 1 },
    'an axis must be named by letters, digits and underscores, a letter first, found "a b"',
  ],
  [many, { points: 1 }, 'method "sobol" must have at most 64 axes, found 65'],
];

Deno.test("sample() throws when an axis or an option is wrong", () => {
  for (const [axes, options, message] of WRONG) {
    const make = () => sample(axes as Record<string, Distribution>, options as SampleOptions);
    assertEquals(assertThrows(make, InputError).message, `Cannot sample points: ${message}`);
  }
  assertEquals(pointsOf(sample(many, { points: 2, method: "random" })).length, 2);
});

const PUBLISHED: readonly (readonly Point[])[] = [
  [
    { rate: 0.347, keep: 0.9782, depth: 3, dims: "[8]" },
    { rate: 0.00347, keep: 0.7282, depth: 5, dims: "[8,8]" },
  ],
  [
    { rate: 0.00559, keep: 0.9674, depth: 1, dims: "[8,8]" },
    { rate: 0.0576, keep: 0.9661, depth: 3, dims: "[8,8]" },
  ],
  [
    { rate: 0.000173, keep: 0.5004, depth: 5, dims: "[8]" },
    { rate: 0.69, keep: 0.8712, depth: 1, dims: "[8,8]" },
  ],
];
