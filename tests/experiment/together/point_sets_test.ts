// Several sources together: product, zip, union, skip, and the expansion of what they declare.
import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { defineExperiment } from "../../../lib/experiment/declaration/define_experiment.ts";
import { labelled } from "../../../lib/experiment/declaration/labelled.ts";
import type { PointPart, PointSet } from "../../../lib/experiment/declaration/point_set.ts";
import { skip } from "../../../lib/experiment/declaration/skip.ts";
import { expandGrid } from "../../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../../lib/experiment/points/expand_points.ts";
import { product } from "../../../lib/experiment/points/product.ts";
import { union } from "../../../lib/experiment/points/union.ts";
import { zip } from "../../../lib/experiment/points/zip.ts";
import type { Point } from "../../../lib/experiment/trial/trial.ts";
import { declaration, sound } from "../fakes.ts";

const { grid: _, trial: __, ...rest } = declaration;
const expand = (points: PointSet) => expandPoints(defineExperiment({ ...rest, points, trial: () => sound }));

const SETS:
  readonly (readonly [what: string, set: PointSet, points: readonly Point[], axes: readonly string[]])[] = [
    ["a product of axes", product({ a: [1, 2], b: [3, 4] }), [
      { a: 1, b: 3 },
      { a: 1, b: 4 },
      { a: 2, b: 3 },
      { a: 2, b: 4 },
    ], ["a", "b"]],
    ["a product of parts", product({ a: [1, 2] }, { b: [3, 4] }), [
      { a: 1, b: 3 },
      { a: 1, b: 4 },
      { a: 2, b: 3 },
      { a: 2, b: 4 },
    ], ["a", "b"]],
    ["a zip of axes", zip({ a: [1, 2], b: [3, 4] }), [{ a: 1, b: 3 }, { a: 2, b: 4 }], ["a", "b"]],
    ["a zip of a product and an axis", zip(product({ a: [1, 2], b: [3, 4] }), { c: [5, 6, 7, 8] }), [
      { a: 1, b: 3, c: 5 },
      { a: 1, b: 4, c: 6 },
      { a: 2, b: 3, c: 7 },
      { a: 2, b: 4, c: 8 },
    ], ["a", "b", "c"]],
    ["a union", union({ a: [1, 2] }, { a: [2, 3], b: [4] }), [
      { a: 1 },
      { a: 2 },
      { a: 2, b: 4 },
      { a: 3, b: 4 },
    ], ["a", "b"]],
    ["a product of a union", product(union({ a: [1] }, { b: [2] }), { c: [3, 4] }), [
      { a: 1, c: 3 },
      { a: 1, c: 4 },
      { b: 2, c: 3 },
      { b: 2, c: 4 },
    ], ["a", "b", "c"]],
    ["a union of a zip and labels", union(zip({ a: [[1], labelled([2], "two")], b: [3, 4] }), { a: [[1]] }), [
      { a: "[1]", b: 3 },
      { a: "two", b: 4 },
      { a: "[1]" },
    ], ["a", "b"]],
  ];

for (const [what, set, points, axes] of SETS) {
  Deno.test(`expandPoints() gives ${what} its points in order, each with the axes that it has`, () => {
    const expanded = expand(set);
    assertEquals(expanded.points, points);
    assertEquals(Object.keys(expanded.experiment.grid), axes);
    assertEquals(expanded.settings.length, points.length);
  });
}

Deno.test("expandPoints() gives a grid and a product of it the same points, grid, and trials", () => {
  const grid = expandPoints(defineExperiment(declaration));
  const trial = ({ rate, width }: { readonly rate: number; readonly width: number }) =>
    declaration.trial({ rate, width });
  const points = product({ rate: [0.1, 0.2], width: [4, 8] });
  const set = expandPoints(defineExperiment({ ...rest, points, trial }));
  assertEquals(set, grid);
});

const PARTS: readonly (readonly [make: () => unknown, message: string])[] = [
  [() => product(), "Cannot make a product of points: it must have at least one part, found none"],
  [() => union(), "Cannot unite points: it must have at least one part, found none"],
  [() => zip(), "Cannot zip points: it must have at least one part, found none"],
  [
    () => zip({ a: [1, 2], b: [1, 2, 3] }),
    "Cannot zip points: its parts must have the same number of values, found 2 of a and 3 of b",
  ],
  [
    () => zip(product({ a: [1, 2], b: [3, 4] }), { c: [1] }),
    "Cannot zip points: its parts must have the same number of values, found 4 of a, b and 1 of c",
  ],
  [
    () => product({ a: [1] }, { b: [1], a: [2] }),
    "Cannot make a product of points: each axis must be in one of its parts, found a in two",
  ],
  [
    () => zip(union({ a: [1] }, { b: [1] }), { b: [2, 3] }),
    "Cannot zip points: each axis must be in one of its parts, found b in two",
  ],
  [
    () => union({ a: [8] }, { a: ["8"] }),
    'Cannot unite points: grid.a must have values that read differently, found the number 8 and the text "8"',
  ],
  [
    () => union({ a: [] }),
    "Cannot unite points: grid.a must be a list of at least one number, text, boolean, null, or list or object of " +
    "these, found []",
  ],
  [
    () => product([1] as unknown as PointPart),
    "Cannot make a product of points: grid must be an object, found [1]",
  ],
];

Deno.test("product(), zip() and union() throw when their parts cannot be joined", () => {
  for (const [make, message] of PARTS) assertEquals(assertThrows(make, InputError).message, message);
});

Deno.test("defineExperiment() takes either a grid or points", () => {
  const define = (fields: object) => () =>
    defineExperiment({ ...rest, trial: () => sound, ...fields } as never);
  const must = "Cannot define an experiment: it must have either grid or points, found ";
  assertEquals(assertThrows(define({}), InputError).message, `${must}neither`);
  assertEquals(
    assertThrows(define({ grid: { a: [1] }, points: product({ a: [1] }) }), InputError).message,
    `${must}both`,
  );
  assertEquals(
    assertThrows(define({ points: { a: [1] } }), InputError).message,
    'Cannot define an experiment: points must be what product, zip or union returns, found {"a":[1]}',
  );
});

Deno.test("expandPoints() throws when a set has too many points, before it makes them", () => {
  const many = Array.from({ length: 1000 }, (_, index) => index);
  const error = assertThrows(() => expand(product({ a: many }, { b: many }, { c: many })), InputError);
  assertEquals(
    error.message,
    "Cannot expand grid: its grid must have at most 100000 trials, found 1000000000 (1000000000 points); give an axis fewer " +
      "values",
  );
});

Deno.test("expandGrid() lists what trial skips with its reason, and runs points that come to the same trial once", () => {
  const experiment = defineExperiment({
    ...rest,
    points: union({ rate: [0.1, 0.2] }, { rate: [0.1], width: [4] }),
    trial: ({ rate, width }) =>
      rate === 0.2 ? skip("too fast") : declaration.trial({ rate, width: width ?? 4 }),
  });
  const { trials, skipped, duplicates } = expandGrid(expandPoints(experiment), { dataDigest: "data" });
  assertEquals(trials.map(({ point }) => point), [{ rate: 0.1 }]);
  assertEquals(skipped, [{ point: { rate: 0.2 }, reason: "too fast" }]);
  assertEquals(duplicates, [{ point: { rate: 0.1, width: 4 }, sameAs: { rate: 0.1 } }]);
});

Deno.test("skip() and expandPoints() throw when no reason is given, or no point is left", () => {
  for (const reason of ["", 3 as unknown as string]) {
    assertEquals(
      assertThrows(() => skip(reason), InputError).message,
      `Cannot skip a point: its reason must be a text that is not empty, found ${JSON.stringify(reason)}`,
    );
  }
  const all = defineExperiment({ ...declaration, trial: () => skip("never") });
  assertEquals(
    assertThrows(() => expandPoints(all), InputError).message,
    "Cannot expand grid: a point must run, found all 4 skipped",
  );
});
