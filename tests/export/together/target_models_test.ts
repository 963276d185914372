// Several sources together: models of numbers, labels and two classes from one output, in both of their forms.
import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { openStream } from "../../../lib/core/numbers/random.ts";
import {
  ensembleFromSafetensors,
  ensembleToSafetensors,
} from "../../../lib/export/ensemble/ensemble_safetensors.ts";
import { ensembleToOnnx } from "../../../lib/export/ensemble/ensemble_onnx.ts";
import { predictTogether } from "../../../lib/export/ensemble/predict_together.ts";
import { factsFromTexts, factsToTexts } from "../../../lib/export/model_facts.ts";
import { onnxProto } from "../../../lib/export/onnx/onnx_proto.ts";
import { modelToOnnx } from "../../../lib/export/onnx_model.ts";
import { modelFromSafetensors, modelToSafetensors } from "../../../lib/export/safetensors_model.ts";
import type { LossSpec } from "../../../lib/nn/training/loss/loss_spec.ts";
import type { ModelSpec } from "../../../lib/nn/net/model_spec.ts";
import { onnxScores } from "../onnx_runtime.ts";
import { csvOf, featuresOf, scoresOf, type TableModel, type Texts, trainTable } from "../table_models.ts";
import { largestDifference } from "../trained_models.ts";

/** Rows with columns that have the names of outputs and tensors; a fifth of the numbers is missing. */
function rowsOf(count: number, seed: string): Texts {
  const { normal, below } = openStream(seed);
  const rows = Array.from({ length: count }, () => {
    const [a, b, city] = [normal(), normal(), below(3)];
    return {
      predictions: below(5) === 0 ? "" : String(a),
      probabilities: String(b),
      targetDivisors: `city${city}`,
      targetOffsets: below(2) === 0 ? "yes" : "no",
      price: String(1e4 + 3e3 * (a + city) + 100 * normal()),
      tiny: String(1e-7 * (b - a)),
      rain: String(Number(a > b)),
      wind: city === 1 ? "Yes" : "no",
      class: a + normal() > 0 ? "up" : "down",
    };
  });
  const names = Object.keys(rows[0]) as (keyof typeof rows[0])[];
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
}

const TARGETS = ["price", "tiny"] as const;
const LABELS = ["rain", "wind"] as const;

interface Case {
  readonly what: string;
  readonly output: "predictions" | "probabilities" | "scores";
  readonly fields: { readonly target: readonly string[] } | { readonly labels: readonly string[] } | {
    readonly label: string;
  };
  readonly loss?: LossSpec;
  readonly width: number;
}

const CASES: readonly Case[] = [
  { what: "two numbers", output: "predictions", fields: { target: TARGETS }, width: 2 },
  {
    what: "one number",
    output: "predictions",
    fields: { target: ["tiny"] },
    loss: { name: "huber" },
    width: 1,
  },
  { what: "labels", output: "probabilities", fields: { labels: LABELS }, width: 2 },
  {
    what: "two classes with the sigmoid loss",
    output: "scores",
    fields: { label: "class" },
    loss: { name: "sigmoid" },
    width: 2,
  },
];

const SPECS: readonly (readonly [spec: ModelSpec, dtype: "float32" | "float64", largest: number])[] = [
  [{ hiddenDims: [9] }, "float32", 1e-5],
  [{ hiddenDims: [9, 9], normalization: "batchnorm", residual: true }, "float32", 1e-4],
  [{ hiddenDims: [9], dtype: "float64" }, "float64", 1e-12],
];

const TRAIN = rowsOf(300, "targets/train");
const ROWS = rowsOf(80, "targets/rows");

/** Columns of a file but for those that the net does not know. */
const COLUMNS = {
  predictions: ROWS.predictions.map((text) => text === "" ? NaN : Number(text)),
  probabilities: ROWS.probabilities.map(Number),
  targetDivisors: ROWS.targetDivisors,
  targetOffsets: ROWS.targetOffsets,
};

function train({ fields, loss }: Case, { spec, dtype, repeat }: {
  readonly spec: ModelSpec;
  readonly dtype: "float32" | "float64";
  readonly repeat: number;
}): Promise<TableModel> {
  const used = new Set([...Object.values(fields).flat(), ...Object.keys(COLUMNS)]);
  const drop = Object.keys(TRAIN).filter((name) => !used.has(name));
  return trainTable(csvOf(TRAIN), { ...fields, loss, drop, dtype, spec, repeat } as never);
}

/** Returns what Seedbed predicts with some nets, row after row; the scores of classes. */
async function predictedBy(nets: readonly TableModel[], { output }: Case): Promise<Float64Array> {
  if (output === "scores" && nets.length === 1) return await scoresOf(nets[0], ROWS);
  const together = predictTogether({ rows: 80, facts: nets[0].facts });
  for (const net of nets) together.add(net, { x: await featuresOf(net, ROWS), rowName: String });
  return together.means().data;
}

/** Returns numbers of a size of 1, so that those of each target are compared alike. */
function inUnits(values: Float64Array, { facts: { targets } }: TableModel): Float64Array {
  const scales = targets?.scales ?? [{ offset: 0, divisor: 1 }];
  return values.map((value, at) => {
    const { offset, divisor } = scales[at % scales.length];
    return (value - offset) / divisor;
  });
}

const TRAINED = await Promise.all(CASES.flatMap((one) =>
  SPECS.map(async ([spec, dtype, largest]) => {
    const nets = await Promise.all([0, 1, 2].map((repeat) => train(one, { spec, dtype, repeat })));
    return { one, nets, spec, largest };
  })
));

const FILES = await Promise.all(TRAINED.flatMap(({ nets }) => [
  modelToOnnx(nets[0]),
  ensembleToOnnx({ facts: { experiment: "table_export", testAccuracy: null }, nets }),
]));
const FOUND = await onnxScores(FILES.map((model) => ({ model, columns: COLUMNS })));

for (const [index, { one, nets, spec, largest }] of TRAINED.entries()) {
  for (const [form, predicting] of [["modelToOnnx", nets.slice(0, 1)], ["ensembleToOnnx", nets]] as const) {
    const at = 2 * index + Number(predicting.length > 1);
    Deno.test(`${form}() gives ONNX Runtime what Seedbed predicts of ${one.what} with ${JSON.stringify(spec)}`, async () => {
      const wanted = await predictedBy(predicting, one);
      assertEquals(FOUND[at].length, 80 * one.width);
      const difference = largestDifference(inUnits(FOUND[at], nets[0]), inUnits(wanted, nets[0]));
      assert(difference <= largest, `they differ by ${difference}`);
      assert(new Set(FOUND[at]).size > 40, "all rows are the same");
      const { graph } = onnxProto.onnx.ModelProto.decode(FILES[at]);
      const output = one.output === "scores" && predicting.length > 1 ? "probabilities" : one.output;
      const [{ name, type }] = graph!.output!;
      assert(name !== output && name!.startsWith(output) || output === "scores", `${name} is no name apart`);
      const isDouble = one.output === "predictions" || predicting.length > 1 || spec.dtype === "float64";
      assertEquals(type!.tensorType!.elemType, isDouble ? 11 : 1);
    });
  }

  Deno.test(`modelFromSafetensors() gives a net of ${one.what} back to the bit, with ${JSON.stringify(spec)}`, async () => {
    const [model] = nets;
    const file = modelToSafetensors(model);
    const read = modelFromSafetensors(file, { path: "f" });
    assertEquals(read.facts, model.facts);
    assertEquals(modelToSafetensors(read), file);
    const again = { ...read, dataset: model.dataset };
    assertEquals(await predictedBy([again], one), await predictedBy([model], one));
    const ensemble = { facts: { experiment: "table_export", testAccuracy: null }, nets };
    const together = ensembleFromSafetensors(ensembleToSafetensors(ensemble), { path: "f" });
    assertEquals(together.nets.map(({ facts }) => facts), nets.map(({ facts }) => facts));
    assertEquals(
      await predictedBy(together.nets.map((net, i) => ({ ...net, dataset: nets[i].dataset })), one),
      await predictedBy(nets, one),
    );
  });
}

Deno.test("modelToOnnx() gives NaN for each target of a row that Seedbed would refuse", async () => {
  const { nets: [model] } = TRAINED[0];
  const columns = {
    ...COLUMNS,
    probabilities: COLUMNS.probabilities.map((value, row) => row === 1 ? Infinity : value),
  };
  const texts = JSON.parse(JSON.stringify(columns));
  texts.probabilities[1] = 1e300;
  const [found] = await onnxScores([{ model: await modelToOnnx(model), columns: texts }]);
  assertEquals(Array.from(found.subarray(0, 6), Number.isNaN), [false, false, true, true, false, false]);
});

const path = "f";
const [NUMBERS, , OF_LABELS, SIGMOID] = CASES.map((_, index) =>
  factsToTexts(TRAINED[3 * index].nets[0].facts)
);

const scale = '{"divisor":1,"offset":0}';
const WRONG:
  readonly (readonly [Readonly<Record<string, string>>, Readonly<Record<string, string>>, string])[] = [
    [
      NUMBERS,
      { targets: '{"kind":"labels","names":["price","tiny"],"scales":[]}' },
      'targets.kind must be "numbers", found "labels"',
    ],
    [
      OF_LABELS,
      { targets: '{"kind":"numbers","names":["rain","wind"],"scales":[]}' },
      'targets.kind must be "labels", found "numbers"',
    ],
    [
      NUMBERS,
      { targets: `{"kind":"numbers","names":["price"],"scales":[${scale}]}` },
      'targets.names must be those of the data, found ["price"] and ["price","tiny"]',
    ],
    [
      NUMBERS,
      { targets: `{"kind":"numbers","names":["tiny","price"],"scales":[${scale},${scale}]}` },
      'targets.names must be those of the data, found ["tiny","price"] and ["price","tiny"]',
    ],
    [
      NUMBERS,
      { targets: `{"kind":"numbers","names":["price","tiny"],"scales":[${scale}]}` },
      "targets.scales must be 2, one for each name, found 1",
    ],
    [NUMBERS, {
      targets: `{"kind":"numbers","names":["price","tiny"],"scales":[${scale},{"divisor":0,"offset":0}]}`,
    }, "targets.scales[1].divisor must be a number above 0, found 0"],
    [NUMBERS, {
      targets: `{"kind":"numbers","names":["price","tiny"],"scales":[{"divisor":1,"offset":"0"},${scale}]}`,
    }, 'targets.scales[0].offset must be a finite number, found "0"'],
    [NUMBERS, { classNames: '["a","b"]' }, 'classNames must be empty with targets, found ["a","b"]'],
    [SIGMOID, { classNames: "[]" }, "classNames must be at least 2, found 0"],
  ];

for (const [texts, changes, message] of WRONG) {
  Deno.test(`factsFromTexts() throws ${message}`, () => {
    const error = assertThrows(() => factsFromTexts({ ...texts, ...changes }, { path }), InputError);
    assertEquals(error.message, `Cannot read f: ${message}`);
  });
}

Deno.test("factsFromTexts() throws where targets, an accuracy or the loss of classes are missing or too many", () => {
  const without = (texts: Readonly<Record<string, string>>, name: string) =>
    Object.fromEntries(Object.entries(texts).filter(([own]) => own !== name));
  const cases = [
    [without(NUMBERS, "targets"), "targets must be given, since the data have some"],
    [without(OF_LABELS, "targets"), "targets must be given, since the data have some"],
    [without(OF_LABELS, "validationAccuracy"), "validationAccuracy must be a fraction"],
    [without(SIGMOID, "validationAccuracy"), "validationAccuracy must be a fraction"],
    [
      { ...SIGMOID, solver: JSON.stringify({ ...JSON.parse(SIGMOID.solver), loss: { name: "squared" } }) },
      'solver.loss.name must be "sigmoid" of classes, found "squared"',
    ],
    [
      { ...SIGMOID, targets: `{"kind":"labels","names":["class"],"scales":[${scale}]}` },
      'targets.names must be those of the data, found ["class"] and nothing',
    ],
  ] as const;
  for (const [texts, message] of cases) {
    const error = assertThrows(() => factsFromTexts(texts, { path }), InputError);
    assertEquals(error.message, `Cannot read f: ${message}`);
  }
});

Deno.test("factsFromTexts() throws where two classes with the sigmoid loss are three", () => {
  const texts = { ...SIGMOID, classNames: '["a","b","c"]' };
  const error = assertThrows(() => factsFromTexts(texts, { path }), InputError);
  assertEquals(error.message, 'Cannot read f: classNames must be 2 with the loss "sigmoid", found 3');
});
