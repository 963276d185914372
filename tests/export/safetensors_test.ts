import { assertEquals, assertThrows } from "@std/assert";
import { sha256Hex } from "../../lib/core/digest.ts";
import { InputError } from "../../lib/core/errors.ts";
import { readSafetensors } from "../../lib/export/read_safetensors.ts";
import { modelFromSafetensors, modelToSafetensors } from "../../lib/export/safetensors_model.ts";
import type { SafetensorsFile } from "../../lib/export/safetensors_file.ts";
import { writeSafetensors } from "../../lib/export/write_safetensors.ts";
import { DATASET, MODELS, testScores, trainModel } from "./trained_models.ts";
import { pythonEnvironment } from "../setup/find_tool.ts";
import { needing } from "../setup/needing.ts";

const SCRIPT = new URL("read_safetensors.py", import.meta.url).pathname;

async function python(...args: string[]): Promise<string> {
  const { stdout } = await new Deno.Command("python3", { args, env: pythonEnvironment(), stderr: "null" })
    .output();
  return new TextDecoder().decode(stdout);
}

/** One that is written from the specification, and the reference implementation; each with the tool that it needs. */
const READERS = [["strict", "python3"], ["safetensors", "safetensors"]] as const;

/** Returns what a reader of Python's finds in each file, null for one that it refuses. */
async function readByPython(reader: string, files: readonly Uint8Array[]): Promise<readonly unknown[]> {
  const folder = await Deno.makeTempDir();
  try {
    const paths = files.map((_, i) => `${folder}/${i}`);
    for (const [i, path] of paths.entries()) await Deno.writeFile(path, files[i]);
    return JSON.parse(await python(SCRIPT, reader, ...paths));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

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

const small: SafetensorsFile = {
  metadata: { a: "b" },
  tensors: [
    { name: "x", dtype: "float64", shape: [2], bytes: new Uint8Array(16).fill(1) },
    { name: "y", dtype: "float32", shape: [], bytes: new Uint8Array(4).fill(2) },
  ],
};

Deno.test("readSafetensors() gives back what writeSafetensors() was given", () => {
  assertEquals(readSafetensors(writeSafetensors(small), { path: "f" }), small);
});

/** A file of a header, as text, and as many bytes of data. */
function fileOf(header: string, dataLength: number): Uint8Array {
  const text = new TextEncoder().encode(header.padEnd(Math.ceil(header.length / 8) * 8));
  const file = new Uint8Array(8 + text.length + dataLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

const entry = (dtype: string, shape: string, offsets: string) =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;

const bad: readonly (readonly [name: string, file: Uint8Array, message: string])[] = [
  ["it is empty", new Uint8Array(), "it must be a safetensors file, found 0 bytes"],
  [
    "it ends in its header",
    writeSafetensors(small).subarray(0, 40),
    "it must be a safetensors file, found a header of 136 bytes in a file of 40",
  ],
  [
    "its header is no JSON",
    fileOf("{", 0),
    "it must be a safetensors file, found a header that is no JSON, Expected property name or '}' in JSON at " +
    "position 8 (line 1 column 9)",
  ],
  ["its header is a list", fileOf("[]", 0), "its header must be an object, found []"],
  ["metadata are no texts", fileOf('{"__metadata__":{"a":1}}', 0), "__metadata__.a must be a text, found 1"],
  [
    "a precision is unknown",
    fileOf(`{"x":${entry("BF16", "[1]", "[0,2]")}}`, 2),
    'x.dtype must be "F32" or "F64", found "BF16"',
  ],
  [
    "a shape is negative",
    fileOf(`{"x":${entry("F32", "[-1]", "[0,4]")}}`, 4),
    "x.shape must be a list, each element a whole number from 0 on, found [-1]",
  ],
  [
    "there is a hole",
    fileOf(`{"x":${entry("F32", "[1]", "[4,8]")}}`, 8),
    "the 4 bytes of x must lie from 0 on, found 4 to 8",
  ],
  [
    "tensors overlap",
    fileOf(`{"x":${entry("F32", "[2]", "[0,8]")},"y":${entry("F32", "[1]", "[4,8]")}}`, 8),
    "the 4 bytes of y must lie from 8 on, found 4 to 8",
  ],
  [
    "a shape is not that of its bytes",
    fileOf(`{"x":${entry("F32", "[3]", "[0,8]")}}`, 8),
    "the 12 bytes of x must lie from 0 on, found 0 to 8",
  ],
  [
    "bytes are missing",
    fileOf(`{"x":${entry("F32", "[2]", "[0,8]")}}`, 4),
    "it must hold 8 bytes of tensors, found 4",
  ],
  ["bytes are left over", fileOf("{}", 4), "it must hold 0 bytes of tensors, found 4"],
];

for (const [name, file, message] of bad) {
  Deno.test(`readSafetensors() throws when ${name}`, () => {
    const error = assertThrows(() => readSafetensors(file, { path: "f" }), InputError);
    assertEquals(error.message, `Cannot read f: ${message}`);
  });
}

for (const [reader, tool] of READERS) {
  Deno.test(needing(tool, `Python's ${reader} reader refuses what readSafetensors() refuses`), async () => {
    // The reference implementation knows precisions that Seedbed does not.
    const files = bad.filter(([name]) => name !== "a precision is unknown").map(([, file]) => file);
    assertEquals(await readByPython(reader, files), files.map(() => null));
  });
}

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
    writeSafetensors(small),
    "it must be a model that Seedbed exported, found no seedbedFormat in its metadata",
  ],
  [
    "its format is a later one",
    texts({ seedbedFormat: "2" }),
    "it must be a model that Seedbed exported, found seedbedFormat 2 in its metadata",
  ],
  ["a fact is no JSON", texts({ inputDim: "nineteen" }), 'inputDim must be JSON, found "nineteen"'],
  [
    "a fact is missing",
    changed(({ metadata: { trial: _, ...metadata } }) => ({ metadata })),
    "trial must be a text that is not empty, found nothing",
  ],
  [
    "its model is wrong",
    texts({ model: '{"hiddenDims":[0]}' }),
    "model.hiddenDims must be a list, each element a whole number from 1 on, found [0]",
  ],
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
    "tensor 5 must be mean [19] of float32, found none",
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
