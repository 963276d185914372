import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { factsFromTexts, factsToTexts, isDouble } from "../../lib/export/model_facts.ts";
import { trainModel } from "./trained_models.ts";

const { facts } = trainModel({ hiddenDims: [3] });
const TEXTS = factsToTexts(facts);
const path = "f";

Deno.test("factsFromTexts() gives back what factsToTexts() was given", () => {
  assertEquals(factsFromTexts(TEXTS, { path }), facts);
  assertEquals([TEXTS.seedbedFormat, TEXTS.experiment, TEXTS.point], [
    "1",
    "blobs_export",
    '{"name":"é \\"quoted\\"","rate":0.01}',
  ]);
});

Deno.test("factsToTexts() writes the activations only where one is not ReLU", () => {
  assertEquals("activation" in JSON.parse(TEXTS.model), false);
  const spec = { hiddenDims: [3, 2], activation: ["tanh", "relu"] } as const;
  const { facts } = trainModel(spec);
  const texts = factsToTexts(facts);
  assertEquals(JSON.parse(texts.model).activation, ["tanh", "relu"]);
  assertEquals(factsFromTexts(texts, { path }), facts);
});

Deno.test("factsFromTexts() takes two classes, and those of a table that are its own", () => {
  const two = { ...TEXTS, classNames: '["a","b"]', data: '{"kind":"csv","label":"y","classes":["a","b"]}' };
  assertEquals(factsFromTexts(two, { path }).classNames, ["a", "b"]);
});

Deno.test("factsFromTexts() throws for each fact that is missing", () => {
  for (const name of Object.keys(TEXTS)) {
    const { [name]: _, ...others } = TEXTS;
    const { message } = assertThrows(() => factsFromTexts(others, { path }), InputError);
    const subject = name === "seedbedFormat" ? "it" : name;
    assertEquals(message.startsWith(`Cannot read f: ${subject} must be `), true, message);
  }
});

Deno.test("factsFromTexts() throws what is wrong with a fact", () => {
  const cases: readonly (readonly [name: string, text: string, message: string])[] = [
    ["weightsSha256", "0", 'weightsSha256 must be a SHA-256, found "0"'],
    ["repeat", "-1", "repeat must be a whole number from 0 on, found -1"],
    ["repeat", "one", 'repeat must be JSON, found "one"'],
    ["validationAccuracy", "1.5", "validationAccuracy must be a fraction, found 1.5"],
    ["classNames", '["a"]', "classNames must be at least 2, found 1"],
    ["classNames", '["a","a"]', 'classNames must be a list of different texts, found ["a","a"]'],
    ["featureNames", '["a","b"]', "featureNames must be as many as inputDim = 19, found 2"],
    [
      "data",
      '{"kind":"csv","label":"y","classes":["0","1","2","3","x"]}',
      'classNames must be data.classes, found ["0","1","2","3","4"] and ["0","1","2","3","x"]',
    ],
    ["image", '{"width":1,"height":19,"channels":2}', "image.channels must be 1 or 3, found 2"],
    ["image", '{"width":2,"height":3,"channels":3}', "image must have inputDim = 19 features, found 18"],
    [
      "model",
      '{"hiddenDims":[3],"activation":"swish"}',
      'model.activation must be "relu", "leakyRelu", "gelu", "geluTanh", "silu", "tanh" or "sigmoid", or a list of such names, found "swish"',
    ],
    [
      "model",
      '{"hiddenDims":[3],"activation":["tanh","relu"]}',
      "model.activation must have one name for each hidden layer, which are 1, found 2",
    ],
    [
      "data",
      '{"kind":"csv","dtype":"float16"}',
      'data.dtype must be "float32" or "float64", found "float16"',
    ],
  ];
  for (const [name, text, message] of cases) {
    const error = assertThrows(() => factsFromTexts({ ...TEXTS, [name]: text }, { path }), InputError);
    assertEquals(error.message, `Cannot read f: ${message}`);
  }
});

Deno.test("isDouble() is that of a table that keeps its numbers apart", () => {
  const of = (data: object) => isDouble({ data } as unknown as Parameters<typeof isDouble>[0]);
  const dtype = "float64";
  assertEquals([of({ kind: "csv", dtype }), of({ kind: "table", dtype })], [true, true]);
  assertEquals([of({ kind: "csv" }), of({ kind: "table" }), of({ kind: "blobs" })], [false, false, false]);
});

const TABLE = {
  ...TEXTS,
  inputDim: "2",
  featureNames: '["age","city=a"]',
  classNames: '["x","y"]',
  data: JSON.stringify({ kind: "table", file: "t.csv", label: "l", seed: 0, missing: { markers: ["?"] } }),
  preparation: JSON.stringify({
    columns: [
      {
        ...{ kind: "numeric", name: "age", isMarked: false, isRequired: false, fill: 1 },
        scale: { isLogarithmic: false, offset: 0, divisor: 2 },
      },
      {
        ...{ kind: "categorical", name: "city", isMarked: false, isRequired: false },
        ...{ categories: ["a"], fill: null, isClosed: true },
      },
    ],
  }),
};

Deno.test("factsFromTexts() gives back the preparation of a table, whose classes need not be declared", () => {
  const { preparation, data } = factsFromTexts(TABLE, { path });
  assertEquals(JSON.stringify(preparation), TABLE.preparation);
  assertEquals(JSON.stringify(data), TABLE.data);
  const facts = factsFromTexts(TABLE, { path });
  assertEquals(factsFromTexts(factsToTexts(facts), { path }), facts);
});

Deno.test("factsFromTexts() throws what is wrong with the preparation of a table, or what its data declare", () => {
  const data = (changes: object) => ({
    ...TABLE,
    data: JSON.stringify({ ...JSON.parse(TABLE.data), ...changes }),
  });
  const { preparation: _, ...bare } = TABLE;
  const { preparation } = TABLE;
  const cases: readonly (readonly [texts: Record<string, string>, message: string])[] = [
    [bare, "preparation must be given, since the data are a table"],
    [{ ...TEXTS, preparation }, 'preparation must be that of a table, found one of "blobs" data'],
    [{ ...TABLE, preparation: "{" }, 'preparation must be JSON, found "{"'],
    [{ ...TABLE, preparation: "[]" }, "preparation must be an object, found []"],
    [
      { ...TABLE, featureNames: '["age","city"]' },
      'featureNames[1] must be "city=a", as preparation says, found "city"',
    ],
    [
      { ...TABLE, inputDim: "1", featureNames: '["age"]' },
      "preparation must give inputDim = 1 features, found 2",
    ],
    [
      { ...TABLE, image: '{"width":2,"height":1,"channels":1}' },
      'image must be null, found {"width":2,"height":1,"channels":1}',
    ],
    [data({ classes: ["y", "x"] }), 'classNames must be data.classes, found ["x","y"] and ["y","x"]'],
    [data({ label: 1 }), "data.label must be a text that is not empty, found 1"],
    [data({ label: undefined }), "data.label must be a text that is not empty"],
    [data({ separator: "a" }), 'data.separator must be ",", ";", "\\t" or "|", found "a"'],
    [data({ dtype: "float16" }), 'data.dtype must be "float32" or "float64", found "float16"'],
    [
      data({ merge: { x: "z" } }),
      'data.merge must be an object that has a list of labels for each class, found {"x":"z"}',
    ],
    [
      data({ missing: { markers: "?" } }),
      'data.missing.markers must be a list of different texts, such as ["?", "NA"], found "?"',
    ],
    [
      data({ splitColumn: { column: "" } }),
      'data.splitColumn.column must be a text that is not empty, found ""',
    ],
  ];
  for (const [texts, message] of cases) {
    const error = assertThrows(() => factsFromTexts(texts, { path }), InputError);
    assertEquals(error.message, `Cannot read f: ${message}`);
  }
});
