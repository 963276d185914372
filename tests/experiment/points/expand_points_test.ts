import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { cifar10 } from "../../../lib/data/official/cifar10.ts";
import { mnist } from "../../../lib/data/official/mnist.ts";
import { defineExperiment } from "../../../lib/experiment/declaration/define_experiment.ts";
import { expandGrid } from "../../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../../lib/experiment/points/expand_points.ts";
import { type Declaration, declaration, expand, sound } from "../fakes.ts";

Deno.test("expandPoints() hands each axis on, however it is called", () => {
  const names = Object.getOwnPropertyNames(Object.prototype).filter((name) => !name.startsWith("_"));
  for (const name of [...names, "if", "datum", "trial", "then"]) {
    const experiment = defineExperiment({
      ...declaration,
      grid: { [name]: [4, 8] },
      trial: (point: Readonly<Record<string, number>>) => ({
        model: { hiddenDims: [point[name]] },
        solver: declaration.trial({ rate: 0.1, width: 4 }).solver,
      }),
    });
    const { trials } = expandGrid(expandPoints(experiment), { dataDigest: "d" });
    assertEquals(trials.map(({ point, model }) => [Object.entries(point), model.hiddenDims]), [
      [[[name, 4]], [4]],
      [[[name, 8]], [8]],
    ]);
  }
});

Deno.test("expandPoints() refuses an ensemble where a function of the point gives data without folds", () => {
  const folded = (folds?: number) =>
    defineExperiment({
      ...declaration,
      ensemble: true,
      repeats: 1,
      data: () => ({ ...declaration.data, ...folds === undefined ? {} : { folds } }),
    });
  assertEquals(expandPoints(folded(2)).experiment.ensemble, true);
  assertEquals(
    assertThrows(() => expandPoints(folded()), InputError).message,
    "Cannot expand grid: ensemble must be false where a point has one net, found true; repeats from 2 on or data.folds " +
      "give it several",
  );
});

const returning = (settings: unknown): Partial<Declaration> => ({ trial: () => settings as never });

const AT = "Cannot expand grid at rate=0.1 width=4: ";

function holdingItself(): unknown {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

const WRONG: readonly (readonly [Partial<Declaration>, string])[] = [
  [returning(undefined), `${AT}it must be an object`],
  [returning({ ...sound, name: "x" }), `${AT}name is not a field, the fields are model, solver`],
  [
    returning({ ...sound, model: { hiddenDims: [], layers: 3 } }),
    `${AT}model.layers is not a field, the fields are hiddenDims, weightScale, reg, regL1, dropoutKeepRatio, inputDropoutKeepRatio, normalization, bias, residual, activation, dtype`,
  ],
  [
    returning({ ...sound, solver: { ...sound.solver, optimizer: { name: "adam", learningRate: -1 } } }),
    `${AT}solver.optimizer.learningRate must be a number above 0, found -1`,
  ],
  [
    returning({ ...sound, solver: { ...sound.solver, batchSize: 51 } }),
    `${AT}solver.batchSize must be at most data.train, which is 50, found 51`,
  ],
  [
    returning({
      model: { hiddenDims: [4], normalization: "batchnorm" },
      solver: { ...sound.solver, batchSize: 7, lastBatch: "keep" },
    }),
    `${AT}solver.lastBatch "keep" leaves 1 of 50 rows for the last batch, and batch normalization needs 2 or more; choose ` +
    "another solver.batchSize than 7",
  ],
  [
    returning({ ...sound, solver: { ...sound.solver, augmentation: { flip: true } } }),
    `${AT}solver.augmentation must be left out for these data, whose rows are no images`,
  ],
  [
    {
      data: mnist({ train: 50, validation: 10, test: 10 }),
      ...returning({ ...sound, solver: { ...sound.solver, augmentation: { crop: { padding: 28 } } } }),
    },
    `${AT}solver.augmentation.crop.padding must be below 28 for images of 28 x 28 pixels, found 28`,
  ],
  [
    {
      data: cifar10({ train: 50, validation: 10, test: 10 }),
      ...returning({ ...sound, solver: { ...sound.solver, augmentation: { cutout: { size: 33 } } } }),
    },
    `${AT}solver.augmentation.cutout.size must be at most 32 for images of 32 x 32 pixels, found 33`,
  ],
  [
    {
      trial: () => {
        throw new Error("no such thing");
      },
    },
    `${AT}its trial function threw, no such thing`,
  ],
  [
    {
      trial: () => {
        throw new Error("x\n".repeat(1e6));
      },
    },
    `${AT}its trial function threw, ${"x\n".repeat(20).trim()}... (cut, it has 2000000 letters)`,
  ],
  [returning(Promise.resolve(sound)), `${AT}it must be an object, found a Promise`],
  ...([
    // A hole of a list is an element that nobody has given.
    // deno-lint-ignore no-sparse-arrays
    [[4, , 5], '[4,"undefined",5]'],
    [[4n], '["4n"]'],
    [4n, "4n"],
    [new Int32Array([4]), "a Int32Array"],
    [[() => 4], '["a function"]'],
    [holdingItself(), "a value that contains itself or cannot be read"],
  ] as const).map(([hiddenDims, found]) =>
    [
      returning({ ...sound, model: { hiddenDims } }),
      `${AT}model.hiddenDims must be a list, each element a whole number from 1 on, found ${found}`,
    ] as const
  ),
  [
    returning({
      ...sound,
      get model() {
        throw new Error("not now");
      },
    }),
    `${AT}what its trial function returned cannot be read, not now`,
  ],
  [
    returning(
      new Proxy({}, {
        get: () => {
          throw 5;
        },
      }),
    ),
    `${AT}what its trial function returned cannot be read, 5`,
  ],
  [
    { grid: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`a${i}`, [1, 2, 3]])) as never },
    "Cannot expand grid: its grid must have at most 100000 trials, found 3486784401 (3 x 3 x 3 x 3 x 3 x 3 x 3 x 3 x " +
    "12 axes more); give an axis fewer values",
  ],
  [
    {
      data: { ...declaration.data, folds: 4 },
      ...returning({ ...sound, solver: { ...sound.solver, batchSize: 46 } }),
    },
    `${AT}solver.batchSize must be at most the training rows of each of the 4 folds, which are 45 in the smallest, found 46`,
  ],
  [
    { data: { ...declaration.data, folds: 50 }, repeats: 501 },
    "Cannot expand grid: its grid must have at most 100000 trials, found 100200 (2 x 2 x 501 repeats x 50 folds); give " +
    "an axis fewer values",
  ],
  [
    { data: (() => ({ ...declaration.data, folds: 50 })) as never, repeats: 501 },
    "Cannot expand grid: its grid must have at most 100000 trials, found 100200 (4 points x 501 repeats x 50 folds); " +
    "give an axis fewer values",
  ],
  [
    {
      data:
        (({ width }: { readonly width: number }) =>
          width === 4 ? declaration.data : { ...declaration.data, folds: width }) as never,
    },
    "Cannot expand grid: data.folds must be the same at each point, found none and 8",
  ],
];

for (const [changes, message] of WRONG) {
  Deno.test(`expandPoints() throws: ${message}`, () => {
    assertEquals(assertThrows(() => expand(changes), InputError).message, message);
  });
}

Deno.test("expandPoints() takes no number that it has not checked from a getter that changes its answer", () => {
  let reads = 0;
  const changing = {
    hiddenDims: [4],
    get reg() {
      reads += 1;
      return reads === 1 ? 0.5 : NaN;
    },
  };
  const message = `${AT}model.reg must be a number from 0 on, found NaN`;
  const settings = { solver: sound.solver, model: changing };
  assertEquals(assertThrows(() => expand(returning(settings)), InputError).message, message);
});
