import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { sha256Hex } from "../../lib/core/numbers/digest.ts";
import { openStream } from "../../lib/core/numbers/random.ts";
import { readSafetensors } from "../../lib/export/read_safetensors.ts";
import type { SafetensorsFile } from "../../lib/export/safetensors_file.ts";
import { modelFromSafetensors, modelToSafetensors } from "../../lib/export/safetensors_model.ts";
import { writeSafetensors } from "../../lib/export/write_safetensors.ts";
import { needing } from "../setup/needing.ts";
import { FIELDS, mixedRows } from "./mixed_rows.ts";
import { readByPython, READERS } from "./python_readers.ts";
import { csvOf, trainTable } from "./table_models.ts";
import { DATASET, MODELS, testScores, trainModel } from "./trained_models.ts";

const trained = MODELS.map(trainModel);

Deno.test("modelFromSafetensors() gives the net, the mean and the facts back to the bit", () => {
  for (const model of trained) {
    const read = modelFromSafetensors(modelToSafetensors(model), { path: "f" });
    assertEquals(read.net.snapshot(), model.net.snapshot());
    assertEquals(read.net.tensors.map(({ name }) => name), model.net.tensors.map(({ name }) => name));
    assertEquals(read.mean, Float32Array.from(model.mean));
    assertEquals(read.facts, model.facts);
    assertEquals(testScores(read, DATASET), testScores(model, DATASET));
  }
});

Deno.test("modelToSafetensors() gives the same bytes when it is asked again", () => {
  for (const model of trained) assertEquals(modelToSafetensors(model), modelToSafetensors(model));
});

for (const [reader, tool] of READERS) {
  Deno.test(
    needing(tool, `Python's ${reader} reader finds the same bits in a file of modelToSafetensors()`),
    async () => {
      const files = trained.map(modelToSafetensors);
      const wanted = files.map((file) => {
        const { metadata, tensors } = readSafetensors(file, { path: "f" });
        const entries = tensors.map(({ name, dtype, shape, bytes }) => {
          const tensor = { dtype: dtype === "float32" ? "F32" : "F64", shape, sha256: sha256Hex(bytes) };
          return [name, tensor];
        });
        return { metadata, tensors: Object.fromEntries(entries) };
      });
      assertEquals(await readByPython(reader, files), wanted);
    },
  );
}

Deno.test("modelToSafetensors() stores a net with batch normalization under its own names", () => {
  const model = trainModel({ hiddenDims: [3], normalization: "batchnorm" });
  const { metadata, tensors } = readSafetensors(modelToSafetensors(model), { path: "f" });
  assertEquals(tensors.map(({ name, shape }) => `${name} ${shape}`), [
    ...["W1 19,3", "b1 3", "gamma1 3", "beta1 3", "W2 3,5", "b2 5"],
    ...["runningMean1 3", "runningVariance1 3", "mean 19"],
  ]);
  assertEquals(metadata.trial, "0123456789abcdef");
  assertEquals(metadata.point, '{"name":"é \\"quoted\\"","rate":0.01}');
  assertEquals(metadata.weightsSha256, sha256Hex(model.net.snapshot()));
});

/** Writes a good model again, with other texts or tensors. */
function changed(change: (file: SafetensorsFile) => Partial<SafetensorsFile>): Uint8Array {
  const file = readSafetensors(modelToSafetensors(trained[1]), { path: "f" });
  return writeSafetensors({ ...file, ...change(file) });
}

const texts = (more: Readonly<Record<string, string>>) =>
  changed(({ metadata }) => ({ metadata: { ...metadata, ...more } }));

const foreign: readonly (readonly [name: string, file: Uint8Array, message: string])[] = [
  [
    "Seedbed did not write it",
    writeSafetensors({ metadata: { a: "b" }, tensors: [] }),
    "it must be a model that Seedbed exported, with seedbedFormat 1 in its metadata",
  ],
  [
    "its format is a later one",
    texts({ seedbedFormat: "2" }),
    'it must be a model that Seedbed exported, with seedbedFormat 1 in its metadata, found "2"',
  ],
  ["a fact is no JSON", texts({ inputDim: "nineteen" }), 'inputDim must be JSON, found "nineteen"'],
  [
    "a fact is missing",
    changed(({ metadata: { trial: _, ...metadata } }) => ({ metadata })),
    "trial must be a text that is not empty",
  ],
  [
    "its model is wrong",
    texts({ model: '{"hiddenDims":[0]}' }),
    "model.hiddenDims must be a list, each element a whole number from 1 on, found [0]",
  ],
  ...["1e15", "2", "4294967296"].map((inputDim): [string, Uint8Array, string] => [
    `its inputDim is ${inputDim}`,
    texts({ inputDim }),
    `tensor 1 must be W1 [${Number(inputDim)}, 13] of float32, found W1 [19, 13] of float32`,
  ]),
  [
    "its model is huge",
    texts({ model: '{"hiddenDims":[1000000000,1000000000]}' }),
    "tensor 1 must be W1 [19, 1000000000] of float32, found W1 [19, 13] of float32",
  ],
  [
    "its model has ten thousand layers",
    texts({ model: JSON.stringify({ hiddenDims: Array(10_000).fill(13) }) }),
    "tensor 3 must be W2 [13, 13] of float32, found W2 [13, 5] of float32",
  ],
  [
    "its features have too few names",
    texts({ featureNames: '["a"]' }),
    "featureNames must be as many as inputDim = 19, found 1",
  ],
  [
    "two classes have one name",
    texts({ classNames: '["a","a"]' }),
    'classNames must be a list of different texts, found ["a","a"]',
  ],
  ["it has one class", texts({ classNames: '["a"]' }), "classNames must be at least 2, found 1"],
  [
    "it has other classes",
    texts({ classNames: '["a","b"]' }),
    "tensor 3 must be W2 [13, 2] of float32, found W2 [13, 5] of float32",
  ],
  [
    "its classes are not those of its data",
    texts({ data: '{"kind":"csv","label":"y","classes":["1","2","3","4","5"]}' }),
    'classNames must be data.classes, found ["0","1","2","3","4"] and ["1","2","3","4","5"]',
  ],
  [
    "a fact is nested too deep",
    texts({ repeat: "[".repeat(1e5) + "]".repeat(1e5) }),
    "repeat must be a whole number from 0 on, found a value that is nested too deep to show",
  ],
  ["a digest is none", texts({ meanSha256: "0" }), 'meanSha256 must be a SHA-256, found "0"'],
  [
    "its image has other features than a row",
    texts({ image: '{"width":4,"height":4,"channels":1}' }),
    "image must have inputDim = 19 features, found 16",
  ],
  [
    "its model has other tensors",
    texts({ model: '{"hiddenDims":[12]}' }),
    "tensor 1 must be W1 [19, 12] of float32, found W1 [19, 13] of float32",
  ],
  [
    "a tensor is missing",
    changed(({ tensors }) => ({ tensors: tensors.slice(0, -1) })),
    "tensor 5 must be mean [19] of float32",
  ],
];

for (const [name, file, message] of foreign) {
  Deno.test(`modelFromSafetensors() throws when ${name}`, () => {
    const error = assertThrows(() => modelFromSafetensors(file, { path: "f" }), InputError);
    assertEquals(error.message, `Cannot read f: ${message}`);
  });
}

Deno.test("modelFromSafetensors() throws when a bit of the weights has changed", () => {
  const file = modelToSafetensors(trained[1]);
  const { weightsSha256 } = trained[1].facts;
  const { tensors } = readSafetensors(file, { path: "f" });
  file[file.length - tensors.reduce((sum, { bytes }) => sum + bytes.length, 0)] ^= 1;
  const weights = trained[1].net.snapshot();
  weights[0] ^= 1;
  const error = assertThrows(() => modelFromSafetensors(file, { path: "f" }), InputError);
  assertEquals(
    error.message,
    `Cannot read f: its weights must have the SHA-256 ${weightsSha256}, found ${sha256Hex(weights)}`,
  );
});

/** Writes a good model with another number in a tensor, and the digests of what is there then. */
function withNumber(
  name: string,
  { at, value }: { readonly at: number; readonly value: number },
): Uint8Array {
  return changed(({ metadata, tensors }) => {
    const edited = tensors.map((tensor) => {
      if (tensor.name !== name) return tensor;
      const bytes = tensor.bytes.slice();
      new Float32Array(bytes.buffer)[at] = value;
      return { ...tensor, bytes };
    });
    const weights = edited.slice(0, -1).flatMap(({ bytes }) => [...bytes]);
    const digests = {
      weightsSha256: sha256Hex(Uint8Array.from(weights)),
      meanSha256: sha256Hex(edited.at(-1)!.bytes),
    };
    return { metadata: { ...metadata, ...digests }, tensors: edited };
  });
}

Deno.test("modelFromSafetensors() names the place when a number is not finite", () => {
  const cases: readonly (readonly [name: string, at: number, value: number, message: string])[] = [
    ["mean", 4, NaN, "mean[4] must be a finite number, found NaN"],
    ["W1", 15, Infinity, "W1[1, 2] must be a finite number, found Infinity"],
    ["b2", 0, -Infinity, "b2[0] must be a finite number, found -Infinity"],
  ];
  for (const [name, at, value, message] of cases) {
    const file = withNumber(name, { at, value });
    const error = assertThrows(() => modelFromSafetensors(file, { path: "f" }), InputError);
    assertEquals(error.message, `Cannot read f: ${message}`);
  }
});

Deno.test("modelFromSafetensors() throws when a bit of the mean has changed", () => {
  const file = modelToSafetensors(trained[1]);
  file[file.length - 1] ^= 1;
  const mean = readSafetensors(file, { path: "f" }).tensors.at(-1)!.bytes;
  const error = assertThrows(() => modelFromSafetensors(file, { path: "f" }), InputError);
  const wanted = sha256Hex(new Uint8Array(trained[1].mean.slice().buffer));
  assertEquals(
    error.message,
    `Cannot read f: its mean must have the SHA-256 ${wanted}, found ${sha256Hex(mean)}`,
  );
});

Deno.test("modelFromSafetensors() reads a file of an older version, which has no digest of the mean", () => {
  const file = changed(({ metadata: { meanSha256: _, ...metadata } }) => ({ metadata }));
  assertEquals(modelFromSafetensors(file, { path: "f" }).mean, Float32Array.from(trained[1].mean));
});

Deno.test("modelFromSafetensors() gives the model or an InputError when any byte is another", () => {
  const file = modelToSafetensors(trained[0]);
  const draw = openStream(`flippedBytes/${Deno.env.get("SEEDBED_TEST_SEED") ?? "231"}`);
  for (let round = 0; round < 500; round++) {
    const [at, mask] = [draw.below(file.length), 1 + draw.below(255)];
    file[at] ^= mask;
    try {
      const { net, mean } = modelFromSafetensors(file, { path: "f" });
      assertEquals(net.snapshot(), trained[0].net.snapshot());
      assertEquals(mean, Float32Array.from(trained[0].mean));
    } catch (error) {
      if (!(error instanceof InputError)) throw new Error(`byte ${at} ^ ${mask}`, { cause: error });
    }
    file[at] ^= mask;
  }
});

Deno.test("modelFromSafetensors() gives back the preparation of a table", async () => {
  const text = csvOf(mixedRows(120, { seed: "safetensors", unseen: false }));
  for (const dtype of ["float32", "float64"] as const) {
    const { dataset: _, ...model } = await trainTable(text, { ...FIELDS, dtype, spec: { hiddenDims: [3] } });
    const file = modelToSafetensors(model);
    const { facts, mean } = modelFromSafetensors(file, { path: "f" });
    assertEquals(facts, model.facts);
    assertEquals(mean, model.mean);
    assertEquals(modelToSafetensors({ ...model, facts }), file);
  }
});
