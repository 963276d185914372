import { assert, assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { isGivenAsNumbers } from "../../../lib/export/onnx/onnx_preparation.ts";
import { modelToOnnx } from "../../../lib/export/onnx_model.ts";
import { onnxProto } from "../../../lib/export/onnx/onnx_proto.ts";
import type { ModelSpec } from "../../../lib/nn/net/model_spec.ts";
import { FIELDS, mixedRows } from "../mixed_rows.ts";
import { onnxScores } from "../onnx_runtime.ts";
import { csvOf, scoresOf, type TableModel, type Texts, trainTable } from "../table_models.ts";
import { bestClasses } from "../trained_models.ts";

const SEED = "onnx";
const MISSING = /^\s*(\?|n\.a\. \(x\))?\s*$/;

/** Returns rows as the graph takes them: straight from the texts, without Seedbed's reader. */
function inputsOf(
  { facts }: TableModel,
  texts: Texts,
): Readonly<Record<string, readonly (string | number)[]>> {
  return Object.fromEntries(
    facts.preparation!.columns.map((column) => [
      column.name,
      isGivenAsNumbers(column)
        ? texts[column.name].map((text) => MISSING.test(text) ? NaN : Number(text))
        : texts[column.name],
    ]),
  );
}

/** The scores go up to 28; those of float64 show that the features are the same but for the logarithms' last bits. */
const CASES: readonly (readonly [spec: ModelSpec, dtype: "float32" | "float64", largest: number])[] = [
  [{ hiddenDims: [13] }, "float32", 1e-4],
  [{ hiddenDims: [13, 9], normalization: "batchnorm" }, "float32", 1e-4],
  [{ hiddenDims: [13], normalization: "layernorm" }, "float64", 1e-4],
  [{ hiddenDims: [13], dtype: "float64" }, "float64", 1e-12],
  [{ hiddenDims: [], dtype: "float64" }, "float32", 1e-12],
];

const train = mixedRows(400, { seed: `${SEED}/train`, unseen: false });
const rows = mixedRows(600, { seed: `${SEED}/rows`, unseen: true });

const models = await Promise.all(
  CASES.map(([spec, dtype]) => trainTable(csvOf(train), { ...FIELDS, dtype, spec })),
);
const files = await Promise.all(models.map(modelToOnnx));
const scores = await onnxScores(
  files.map((model, i) => ({ model, columns: inputsOf(models[i], rows) })),
);

for (const [i, [spec, dtype, largest]] of CASES.entries()) {
  Deno.test(`modelToOnnx() gives ONNX Runtime the scores of raw rows when the table is ${dtype} and the net ${JSON.stringify(spec)}`, async () => {
    const wanted = await scoresOf(models[i], rows);
    assertEquals(scores[i].length, wanted.length);
    const numClasses = 3;
    assertEquals(bestClasses(scores[i], { numClasses }), bestClasses(wanted, { numClasses }));
    for (let at = 0; at < wanted.length; at++) {
      const difference = Math.abs(scores[i][at] - wanted[at]);
      assert(difference <= largest, `seed ${SEED}: row ${Math.floor(at / 3)} differs by ${difference}`);
    }
  });
}

Deno.test("modelToOnnx() names inputs as the columns, and its own values and output otherwise, in opset 20", () => {
  const { opsetImport, irVersion, graph } = onnxProto.onnx.ModelProto.decode(files[0]);
  assertEquals([Number(irVersion), opsetImport.map(({ version }) => Number(version))], [9, [20]]);
  const form = ({ name, type }: onnxProto.onnx.IValueInfoProto) => {
    const { elemType, shape } = type!.tensorType!;
    return [name, elemType, ...shape!.dim!.map(({ dimParam, dimValue }) => dimParam || Number(dimValue))];
  };
  const [float, text, double] = [1, 8, 11];
  assertEquals(
    graph!.input!.map(form),
    Object.keys(FIELDS.columns!).map((
      name,
    ) => [name, ["mean", "scores", "x", "W1", "value1"].includes(name) ? double : text, "batch", 1]),
  );
  assertEquals(graph!.output!.map(form), [["scores_", float, "batch", 3]]);
});

Deno.test("modelToOnnx() gives the same bytes for a table when it is asked again", async () => {
  assertEquals(await modelToOnnx(models[1]), files[1]);
});

/** A row that is well, and changes that Seedbed refuses. */
const GOOD = {
  age: "1",
  level: "2",
  grade: "low",
  member: "yes",
  city: "Rome",
  zone: "north",
  day: "2024-02-29",
  german: "29.02.2024",
  due: "2024-01-01T10:00",
};
const WRONG: readonly Partial<typeof GOOD>[] = [
  { age: "" },
  { level: "-1" },
  { level: "-2" },
  { grade: "Low" },
  { member: "perhaps" },
  { member: "yeſ" },
  { city: "Oslo" },
  { zone: "" },
  { zone: "Oslo" },
  { day: "2023-02-29" },
  { day: "1900-02-29" },
  { day: "2024-04-31" },
  { day: "2024-13-01" },
  { day: "2024-1-1" },
  { german: "31.11.2024" },
  { german: "1.1.2024" },
  { german: "2024-01-01" },
  { due: "" },
  { due: "2024-01-01T24:00" },
  { due: "2024-01-01T10:00+24:00" },
];

Deno.test("modelToOnnx() gives NaN for each score of a row that Seedbed refuses, and of no other", async () => {
  const names = ["age", "level", "grade", "member", "city", "zone", "day", "german", "due"] as const;
  const rowsOf = (changes: readonly Partial<typeof GOOD>[]) =>
    Object.fromEntries(names.map((name) => [name, changes.map((change) => change[name] ?? GOOD[name])]));
  const train = rowsOf(Array.from({ length: 60 }, (_, i): Partial<typeof GOOD> => ({
    age: String(i),
    grade: i % 2 === 0 ? "low" : "high",
    city: i % 3 === 0 ? "Bonn" : "Rome",
    zone: i % 5 === 0 ? "south" : "north",
    ...i % 4 === 0 ? { city: "", day: "" } : {},
  })));
  const label = train.age.map((_, i) => ["a", "b"][i % 2]);
  const model = await trainTable(csvOf({ ...train, label }), {
    ...{ label: "label", spec: { hiddenDims: [7, 5] } },
    columns: {
      age: { kind: "numeric", missing: "dropRow" },
      level: { kind: "numeric", scaling: "log1p" },
      grade: { kind: "ordinal", order: ["low", "high"] },
      member: "boolean",
      city: { kind: "categorical", unseen: "error" },
      zone: { kind: "categorical", unseen: "error", missing: "dropRow" },
      day: "date",
      german: { kind: "date", format: "DD.MM.YYYY" },
      due: { kind: "date", missing: "dropRow" },
    },
  });
  const file = await modelToOnnx(model);
  const good: readonly Partial<typeof GOOD>[] = [{}, { city: "" }, { day: "" }, { age: "1e6" }, {
    member: "Y",
  }];
  const [wrong, right] = await onnxScores(
    [WRONG, good].map((changes) => ({ model: file, columns: inputsOf(model, rowsOf(changes)) })),
  );
  WRONG.forEach((change, row) => {
    assertEquals([...wrong.subarray(2 * row, 2 * row + 2)], [NaN, NaN], JSON.stringify(change));
  });
  assertEquals([...right].filter(Number.isFinite).length, 2 * good.length);
  await scoresOf(model, rowsOf(good));
  for (const change of WRONG) {
    await assertRejects(
      () => scoresOf(model, rowsOf([change])),
      InputError,
      undefined,
      JSON.stringify(change),
    );
  }
  const columns = { ...inputsOf(model, rowsOf([{}, {}, {}])), age: [1e300, Infinity, -Infinity] };
  const [beyond] = await onnxScores([{ model: file, columns }]);
  assertEquals([...beyond], Array.from({ length: 6 }, () => NaN));
});

Deno.test("modelToOnnx() takes days since 1970-01-01 when a graph cannot read the format of dates", async () => {
  const dates = ["1 Jan 1970", "2 Jan 1970", "1 Jan 1971", "29 Feb 2000"];
  const when = Array.from({ length: 40 }, (_, i) => dates[i % 4]);
  const label = when.map((_, i) => ["a", "b"][Math.floor(i / 4) % 2]);
  const model = await trainTable(csvOf({ when, label }), {
    ...{ label: "label", spec: { hiddenDims: [4], dtype: "float64" }, dtype: "float64" },
    columns: { when: { kind: "date", format: "D MMM YYYY", parts: ["days", "year", "dayOfYear"] } },
  });
  const columns = { when: [0, 1, 365, 11_016, NaN] };
  const [found] = await onnxScores([{ model: await modelToOnnx(model), columns }]);
  const wanted = await scoresOf(model, { when: [...dates, "?"].slice(0, 4) });
  wanted.forEach((score, at) => assert(Math.abs(score - found[at]) < 1e-12, `${at}: ${score}, ${found[at]}`));
  assert([...found].every(Number.isFinite));
});
