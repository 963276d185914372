import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { SolverSpec } from "../../../lib/nn/training/solver_spec.ts";
import { mnist } from "../../../lib/data/official/mnist.ts";
import { type Declaration, declaration, expand } from "../fakes.ts";

const ids = (...given: Parameters<typeof expand>) => expand(...given).trials.map(({ id }) => id);

Deno.test("expandGrid() runs the last axis fastest, and then the repeats", () => {
  const order = expand({ repeats: 2 }).trials.map(({ point, repeat }) => [point.rate, point.width, repeat]);
  assertEquals(order, [
    [0.1, 4, 0],
    [0.1, 4, 1],
    [0.1, 8, 0],
    [0.1, 8, 1],
    [0.2, 4, 0],
    [0.2, 4, 1],
    [0.2, 8, 0],
    [0.2, 8, 1],
  ]);
});

Deno.test("expandGrid() fills in every default of a trial", () => {
  const [{ model, solver, seed }] = expand().trials;
  assertEquals({ model, solver, seed }, {
    seed: 3,
    model: {
      hiddenDims: [4],
      weightScale: 1e-2,
      reg: 0,
      dropoutKeepRatio: 1,
      normalization: null,
      dtype: "float32",
    },
    solver: { optimizer: { name: "sgd", learningRate: 0.1 }, batchSize: 10, epochs: 1, lrDecay: 1 },
  });
});

const before = ids();

/** Changes that leave every trial what it was. */
const HARMLESS: Readonly<Record<string, Partial<Declaration>>> = {
  "a wider axis": { grid: { rate: [0.05, 0.1, 0.2], width: [4, 8, 16] } },
  "another order of an axis": { grid: { rate: [0.2, 0.1], width: [8, 4] } },
  "another order of the axes": { grid: { width: [4, 8], rate: [0.1, 0.2] } },
  "another name and question": { name: "other", question: "What?" },
  "one more repeat": { repeats: 2 },
  "defaults of the solver said": {
    trial: (point) => {
      const { model, solver } = declaration.trial(point);
      return { model, solver: { ...solver, schedule: { name: "constant" }, lastBatch: "drop" } };
    },
  },
  "an augmentation that does nothing": {
    trial: (point) => {
      const { model, solver } = declaration.trial(point);
      return { model, solver: { ...solver, augmentation: { flip: false, crop: { padding: 0 } } } };
    },
  },
  "a decay of 1 said as a schedule": {
    trial: (point) => {
      const { model, solver } = declaration.trial(point);
      return { model, solver: { ...solver, schedule: { name: "exponential", decay: 1, warmupEpochs: 0 } } };
    },
  },
  "a default said": {
    trial: (point) => {
      const { model, solver } = declaration.trial(point);
      return { model: { ...model, reg: 0 }, solver: { lrDecay: 1, ...solver } };
    },
  },
};

for (const [change, changes] of Object.entries(HARMLESS)) {
  Deno.test(`expandGrid() keeps the ids of trials under ${change}`, () => {
    const after = new Set(ids(changes));
    assertEquals(before.filter((id) => !after.has(id)), []);
  });
}

const TELLING: Readonly<Record<string, readonly [Partial<Declaration>, string?]>> = {
  "another seed": [{ seed: 4 }],
  "other data": [{}, "other data"],
  "another field of the model": [{
    trial: (point) => ({ ...declaration.trial(point), model: { hiddenDims: [point.width], reg: 0.1 } }),
  }],
  ...Object.fromEntries(
    Object.entries<Partial<SolverSpec>>({
      "a warm-up": { schedule: { name: "constant", warmupEpochs: 1 } },
      "a cosine": { schedule: { name: "cosine" } },
      "clipping": { clip: { norm: 1 } },
      "averaging": { averaging: { decay: 0.9 } },
      "a kept last batch": { lastBatch: "keep" },
      "flipped images": { augmentation: { flip: true } },
    }).map(([change, settings]) => [
      change,
      [{
        trial: (point) => {
          const { model, solver } = declaration.trial(point);
          return { model, solver: { ...solver, ...settings } };
        },
        // An augmentation needs images; which data they are is in the digest alone.
        data: mnist({ train: 50, validation: 10, test: 10 }),
      }] as readonly [Partial<Declaration>],
    ]),
  ),
};

for (const [change, [changes, digest]] of Object.entries(TELLING)) {
  Deno.test(`expandGrid() gives every trial another id under ${change}`, () => {
    const after = new Set(ids(changes, digest));
    assert(before.every((id) => !after.has(id)));
  });
}

Deno.test("expandGrid() runs a point that stands twice once, and says so", () => {
  const grid = expand({ grid: { rate: [0.1, 0.2, 0.1], width: [4] }, repeats: 2 });
  assertEquals(grid.trials.length, 4);
  assertEquals(grid.duplicates, [{ point: { rate: 0.1, width: 4 }, sameAs: { rate: 0.1, width: 4 } }]);
});

Deno.test("expandGrid() distinguishes repeats", () =>
  assertNotEquals(...(ids({ repeats: 2 }).slice(0, 2) as [string, string])));

Deno.test("expandGrid() runs each repeat on each fold, and distinguishes folds", () => {
  const folded = { repeats: 2, data: { ...declaration.data, folds: 3 }, grid: { rate: [0.1], width: [4] } };
  const { trials } = expand(folded);
  assertEquals(trials.map(({ repeat, fold }) => [repeat, fold]), [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [
    1,
    2,
  ]]);
  assertEquals(new Set(trials.map(({ id }) => id)).size, 6);
  assert(expand().trials.every((trial) => !("fold" in trial)));
});

Deno.test("expandGrid() reports a point of folds that stands twice once", () => {
  const data = { ...declaration.data, folds: 3 };
  const { trials, duplicates } = expand({ data, grid: { rate: [0.1, 0.1], width: [4] }, repeats: 2 });
  assertEquals([trials.length, duplicates.length], [6, 1]);
});
