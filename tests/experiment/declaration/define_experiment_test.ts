import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { csvDataset } from "../../../lib/data/csv/csv_dataset.ts";
import {
  defineExperiment,
  type ExperimentDeclaration,
} from "../../../lib/experiment/declaration/define_experiment.ts";
import type { Axes } from "../../../lib/experiment/declaration/axis_label.ts";
import { labelled } from "../../../lib/experiment/declaration/labelled.ts";
import { declaration, sound } from "../fakes.ts";

const TABLE = csvDataset({
  ...{ file: "a.csv", label: "kind", classes: ["cat", "dog"], train: 50, validation: 1, test: 1 },
});

const UNDEFINED: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ name: "Grid" }, 'name must be lower-case letters, digits and underscores, a letter first, found "Grid"'],
  [{ conclusion: "" }, 'conclusion must be a text that is not empty, found ""'],
  [
    { conclusion: "so\x07" },
    'conclusion must have no control characters but line feeds and tabs, found U+0007 at character 3 of "so\\u0007"',
  ],
  [{ question: "" }, 'question must be a text that is not empty, found ""'],
  [{ metrics: "validationLoss" }, 'metrics must be a list of metrics, found "validationLoss"'],
  [
    { metrics: ["validationLoss", "validationLoss"] },
    'metrics[1] must be another metric than metrics[0], found "validationLoss"',
  ],
  [
    { select: "loss" },
    'select must be "validationAccuracy", "validationLoss", "validationMacroF1", "validationBalancedAccuracy", ' +
    '"validationTop2Accuracy" (or another k from 2 on), "validationAuc", ' +
    '"validationLabelAccuracy", "validationRmse", "validationMae" or "validationR2", found "loss"',
  ],
  [{ seed: -1 }, "seed must be a whole number from 0 on, found -1"],
  [{ repeats: 0 }, "repeats must be a whole number from 1 on, found 0"],
  [
    { data: undefined },
    "data must be what mnist, cifar10, csvDataset or blobs returns, or a function of a point that returns one",
  ],
  [{ trial: 3 }, "trial must be a function, found 3"],
  [
    { grid: { rate: [] } },
    "grid.rate must be a list of at least one number, text, boolean, null, or list or object of these, found []",
  ],
  [
    { grid: { rate: [NaN] } },
    'grid.rate must be a list of at least one number, text, boolean, null, or list or object of these, found ["NaN"]',
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
  [{ ensemble: "yes" }, 'ensemble must be true or false, found "yes"'],
  [
    { ensemble: true, repeats: 1 },
    "ensemble must be false where a point has one net, found true; repeats from 2 on or data.folds give it several",
  ],
  [
    { epochs: 3 },
    "epochs is not a field, the fields are name, question, seed, data, trial, repeats, ensemble, grid, points, conclusion, gate, search, metrics, select",
  ],
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

Deno.test("defineExperiment() drops an ensemble that is false, and takes one with repeats or folds", () => {
  assertEquals(defineExperiment({ ...declaration, ensemble: false }), defineExperiment(declaration));
  assertEquals(defineExperiment({ ...declaration, ensemble: true, repeats: 2 }).ensemble, true);
  const data = { ...declaration.data, folds: 3 };
  assertEquals(defineExperiment({ ...declaration, ensemble: true, repeats: 1, data }).ensemble, true);
});

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

Deno.test("defineExperiment() keeps a conclusion of several lines, and has none unless it is given", () => {
  const conclusion = "Width 8 is enough.\nMore repeats would say more.";
  assertEquals(defineExperiment({ ...declaration, conclusion }).conclusion, conclusion);
  assertEquals("conclusion" in defineExperiment(declaration), false);
});

Deno.test("defineExperiment() returns a value that nothing can change", () => {
  const experiment = defineExperiment(declaration);
  assert(
    Object.isFrozen(experiment) && Object.isFrozen(experiment.grid) && Object.isFrozen(experiment.grid.rate),
  );
  assertEquals(experiment.repeats, 1);
});

Deno.test("defineExperiment() freezes what a labelled value and a frozen list hold", () => {
  const [deep, rates] = [[16, 16], Object.freeze([{ rate: 1 }])];
  defineExperiment({ ...declaration, grid: { dims: [labelled(deep, "deep")], rates }, trial: () => sound });
  assertEquals([deep, rates[0]].map(Object.isFrozen), [true, true]);
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
    "Cannot define an experiment: data.kind must be the kind of a data spec that mnist, cifar10, table, csvDataset or blobs returns, found " +
    '"parquet"',
  ],
  [
    new Date(0),
    "Cannot define an experiment: data must be what mnist, cifar10, csvDataset or blobs returns, or a function of a " +
    "point that returns one, found " +
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
