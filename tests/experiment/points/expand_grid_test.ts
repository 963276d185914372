import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { blobs } from "../../../lib/data/blobs.ts";
import { csvDataset } from "../../../lib/data/table/csv_dataset.ts";
import {
  defineExperiment,
  type ExperimentDeclaration,
} from "../../../lib/experiment/declaration/define_experiment.ts";
import type { Axes } from "../../../lib/experiment/declaration/experiment.ts";
import { expandGrid } from "../../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../../lib/experiment/points/expand_points.ts";

type Declaration = ExperimentDeclaration<
  { readonly rate: readonly number[]; readonly width: readonly number[] }
>;

const declaration: Declaration = {
  name: "grid",
  question: "Which?",
  seed: 3,
  data: blobs({ numClasses: 2, inputDim: 2, spread: 1, train: 50, validation: 10, test: 10 }),
  grid: { rate: [0.1, 0.2], width: [4, 8] },
  trial: ({ rate, width }) => ({
    model: { hiddenDims: [width] },
    solver: { optimizer: { name: "sgd", learningRate: rate }, batchSize: 10, epochs: 1 },
  }),
};

const expand = (changes: Partial<Declaration> = {}, dataDigest = "data") =>
  expandGrid(expandPoints(defineExperiment({ ...declaration, ...changes })), { dataDigest });
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

Deno.test("expandGrid() tells repeats apart", () =>
  assertNotEquals(...(ids({ repeats: 2 }).slice(0, 2) as [string, string])));

const returning = (settings: unknown): Partial<Declaration> => ({ trial: () => settings as never });
const sound = declaration.trial({ rate: 0.1, width: 4 });
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
    `${AT}model.layers is not a field, the fields are hiddenDims, weightScale, reg, dropoutKeepRatio, normalization, dtype`,
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

const TABLE = csvDataset({
  ...{ file: "a.csv", label: "kind", classes: ["cat", "dog"], train: 50, validation: 1, test: 1 },
});

const UNDEFINED: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ name: "Grid" }, 'name must be lower-case letters, digits and underscores, a letter first, found "Grid"'],
  [{ question: "" }, 'question must be a text that is not empty, found ""'],
  [{ seed: -1 }, "seed must be a whole number from 0 on, found -1"],
  [{ repeats: 0 }, "repeats must be a whole number from 1 on, found 0"],
  [{ data: undefined }, "data must be what mnist, cifar10, csvDataset or blobs returns"],
  [{ trial: 3 }, "trial must be a function, found 3"],
  [
    { grid: { rate: [] } },
    "grid.rate must be a list of at least one number, text, boolean or null, found []",
  ],
  [
    { grid: { rate: [NaN] } },
    'grid.rate must be a list of at least one number, text, boolean or null, found ["NaN"]',
  ],
  [{ grid: [1] }, "grid must be an object, found [1]"],
  ...["", "a b", "a.b", "a[0]", 'a"b', "a\\b", "1", "_a", "é"].map((axis) =>
    [
      { grid: { [axis]: [1] } },
      `an axis must be named by letters, digits and underscores, a letter first, found ${
        JSON.stringify(axis)
      }`,
    ] as const
  ),
  [
    { grid: { ["__proto__"]: [1] } },
    'an axis must be named by letters, digits and underscores, a letter first, found "__proto__"',
  ],
  // In a literal it is no field at all.
  ...[{ __proto__: [1, 2], rate: [1] }, { __proto__: [], rate: [1] }].map((grid) =>
    [{ grid }, 'each axis must be a field of grid itself, found "__proto__", which it inherits'] as const
  ),
  [
    { grid: Object.create({ width: [4] }, { rate: { value: [1], enumerable: true } }) },
    'each axis must be a field of grid itself, found "width", which it inherits',
  ],
  ...([
    [[8, "8"], 'the number 8 and the text "8"'],
    [[null, 1, "null"], 'null and the text "null"'],
    [["true", true], 'the text "true" and the boolean true'],
    [[0, -0], "the number 0 and the number -0"],
    [[0.1, "0.1"], 'the number 0.1 and the text "0.1"'],
    [["8", " 8"], 'the text "8" and the text " 8"'],
    [["a b", "a  b"], 'the text "a b" and the text "a  b"'],
    [["a b", "a\u00a0b"], 'the text "a b" and the text "a\\u00a0b"'],
    [["", " "], 'the text "" and the text " "'],
    [["caf\u00e9", "cafe\u0301"], 'the text "caf\\u00e9" and the text "cafe\\u0301"'],
    [["ab", "a\u200db"], 'the text "ab" and the text "a\\u200db"'],
    [
      ["x".repeat(300), `${"x".repeat(300)} `],
      `…${"x".repeat(20)}" and …${"x".repeat(20)} "`,
    ],
  ] as const).map(([rate, found]) =>
    [{ grid: { rate } }, `grid.rate must have values that read differently, found ${found}`] as const
  ),
  ...([
    ["cr\rhere", 'U+000D at character 3 of "cr\\rhere"'],
    ["a\nb", 'U+000A at character 2 of "a\\nb"'],
    ["tab\there", 'U+0009 at character 4 of "tab\\there"'],
    ["\x1b[31mred", 'U+001B at character 1 of "\\u001b[31mred"'],
    ["🎉\u202ertl", 'U+202E at character 2 of "🎉\\u202ertl"'],
    ["lone \ud800", 'U+D800 at character 6 of "lone \\ud800"'],
    ["\x9b", 'U+009B at character 1 of "\\u009b"'],
  ] as const).map(([text, found]) =>
    [
      { grid: { rate: [1, text] } },
      `grid.rate[1] must have no control characters, found ${found}`,
    ] as const
  ),
  [
    { question: "Why?\r\nNo\x07" },
    "question must have no control characters but line feeds and tabs, found U+000D at character 5 of " +
    '"Why?\\r\\nNo\\u0007"',
  ],
  ...(["file", "label"] as const).map((field) =>
    [
      { data: { ...TABLE, [field]: "a\u2028b" } },
      `data.${field} must have no control characters, found U+2028 at character 2 of "a\\u2028b"`,
    ] as const
  ),
  [
    { data: { ...TABLE, classes: ["cat", "do\0g"] } },
    'data.classes[1] must have no control characters, found U+0000 at character 3 of "do\\u0000g"',
  ],
  [{ epochs: 3 }, "epochs is not a field, the fields are name, question, seed, data, grid, trial, repeats"],
];

for (const [wrong, message] of UNDEFINED) {
  Deno.test(`defineExperiment() throws: ${message}`, () => {
    const given = { ...declaration, ...wrong } as unknown as ExperimentDeclaration<Axes>;
    assertEquals(
      assertThrows(() => defineExperiment(given), InputError).message,
      `Cannot define an experiment: ${message}`,
    );
  });
}

Deno.test("defineExperiment() takes values that stand twice, look alone, or differ in any letter", () => {
  const values = [
    ...[
      0.1,
      0.1,
      "8",
      "16",
      "8.0",
      " lead",
      "",
      "=1+1",
      "a,b",
      'a"b',
      "a|b",
      "<script>",
      "%0A",
      "A",
      "a",
      "é",
      "e",
    ],
    ...["ﬁ", "fi", "👩‍💻", "👨‍💻", "x".repeat(10_000), "null"],
  ];
  const question = "A question\n\tof two lines, 🎉?";
  const experiment = defineExperiment({
    ...declaration,
    question,
    grid: { rate: values },
    trial: () => sound,
  });
  assertEquals([experiment.question, experiment.grid.rate], [question, values]);
});

Deno.test("defineExperiment() returns a value that nothing can change", () => {
  const experiment = defineExperiment(declaration);
  assert(
    Object.isFrozen(experiment) && Object.isFrozen(experiment.grid) && Object.isFrozen(experiment.grid.rate),
  );
  assertEquals(experiment.repeats, 1);
});

const DATA_BY_HAND: readonly (readonly [data: unknown, message: string])[] = [
  [
    { ...TABLE, train: -5 },
    "Cannot use data: data.train must be a whole number from 1 on, found -5",
  ],
  [
    { ...TABLE, header: "no" },
    "Cannot use data: data.header must be true or false or a list of different texts, one " +
    'per column, found "no"',
  ],
  [
    { kind: "blobs", numClasses: 1 },
    "Cannot use data: data.numClasses must be a whole number from 2 on, found 1",
  ],
  [
    { kind: "mnist", train: 60000, validation: 1, test: 1 },
    "Cannot use data: data.train + data.validation must be at " +
    "most 60000, found 60001",
  ],
  [
    { kind: "parquet" },
    "Cannot define an experiment: data.kind must be the kind of a data spec that mnist, cifar10, csvDataset or blobs returns, found " +
    '"parquet"',
  ],
  [
    new Date(0),
    "Cannot define an experiment: data must be what mnist, cifar10, csvDataset or blobs returns, found " +
    '"1970-01-01T00:00:00.000Z"',
  ],
];

for (const [data, message] of DATA_BY_HAND) {
  Deno.test(`defineExperiment() holds data that no maker made to the makers' rules: ${message}`, () => {
    const given = { ...declaration, data } as unknown as ExperimentDeclaration<Axes>;
    assertEquals(assertThrows(() => defineExperiment(given), InputError).message, message);
  });
}

Deno.test("defineExperiment() takes no date, map or promise for an object without fields", () => {
  for (const grid of [new Date(0), new Map(), Promise.resolve({})]) {
    const given = { ...declaration, grid } as unknown as ExperimentDeclaration<Axes>;
    assertThrows(
      () => defineExperiment(given),
      InputError,
      "Cannot define an experiment: grid must be an object, found",
    );
  }
});
