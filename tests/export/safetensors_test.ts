import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { sha256Hex } from "../../lib/core/numbers/digest.ts";
import { openStream } from "../../lib/core/numbers/random.ts";
import { readSafetensors } from "../../lib/export/read_safetensors.ts";
import type { SafetensorsFile } from "../../lib/export/safetensors_file.ts";
import { modelFromSafetensors, modelToSafetensors } from "../../lib/export/safetensors_model.ts";
import { writeSafetensors } from "../../lib/export/write_safetensors.ts";
import { pythonEnvironment } from "../setup/find_tool.ts";
import { needing } from "../setup/needing.ts";
import { DATASET, MODELS, testScores, trainModel } from "./trained_models.ts";

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
  [
    "its header is a list",
    fileOf("[]", 0),
    "it must be a safetensors file, found a header that does not begin with {",
  ],
  [
    "its header begins with a space",
    fileOf(" {}", 0),
    "it must be a safetensors file, found a header that does not begin with {",
  ],
  [
    "its header begins with a byte order mark",
    fileOf("\ufeff{}", 0),
    "it must be a safetensors file, found a header that does not begin with {",
  ],
  [
    "its header is empty",
    fileOf("", 0),
    "it must be a safetensors file, found a header that does not begin with {",
  ],
  [
    "its header says it is longer than any",
    new Uint8Array(64).fill(255),
    "it must be a safetensors file, found a header of 18446744073709551615 bytes in a file of 64",
  ],
  [
    "a tensor is named twice",
    fileOf(`{"x":${entry("F32", "[1]", "[0,4]")},"\\u0078":${entry("F32", "[2]", "[0,8]")}}`, 8),
    'its header must name each thing once, found "x" twice',
  ],
  [
    "a text is named twice",
    fileOf('{"__metadata__":{"a":"1","a":"2"}}', 0),
    'its header must name each thing once, found "a" twice',
  ],
  [
    "metadata stand there twice",
    fileOf('{"__metadata__":{},"__metadata__":{}}', 0),
    'its header must name each thing once, found "__metadata__" twice',
  ],
  [
    "a field is named twice",
    fileOf('{"x":{"dtype":"F32","shape":[1],"shape":[2],"data_offsets":[0,8]}}', 8),
    'its header must name each thing once, found "shape" twice',
  ],
  [
    "a text is no Unicode",
    fileOf('{"__metadata__":{"a":"\\ud800"}}', 0),
    'its header must be Unicode text, found half a character in "\\ud800"',
  ],
  [
    "its header is no UTF-8",
    fileOf('{"é":0}', 0).map((byte) => byte === 0xc3 ? 0x28 : byte),
    "it must be a safetensors file, found a header that is no JSON, The encoded data is not valid",
  ],
  [
    "a text in its header has no end",
    fileOf('{"x', 0),
    "it must be a safetensors file, found a header that is no JSON, Unterminated string in JSON at position 7 (line 1 column 8)",
  ],
  [
    "its header is deep",
    fileOf(`{"x":${"[".repeat(1e5)}`, 0),
    "its header must be at most 3 levels deep, found another",
  ],
  [
    "metadata are no texts",
    fileOf('{"__metadata__":{"a":1}}', 0),
    '__metadata__."a" must be a text, found 1',
  ],
  [
    "a precision is unknown",
    fileOf(`{"x":${entry("BF16", "[1]", "[0,2]")}}`, 2),
    '"x".dtype must be "F32" or "F64", found "BF16"',
  ],
  [
    "a shape is negative",
    fileOf(`{"x":${entry("F32", "[-1]", "[0,4]")}}`, 4),
    "its header must hold whole numbers such as 12, found -1",
  ],
  ...["-0", "4.0", "4e0"].map((from): [string, Uint8Array, string] => [
    `an offset is spelled ${from}`,
    fileOf(`{"x":${entry("F32", "[0]", `[${from},0]`)}}`, 0),
    `its header must hold whole numbers such as 12, found ${from}`,
  ]),
  [
    "a size is huge",
    fileOf(`{"x":${entry("F32", "[99999999999999999999]", "[0,4]")}}`, 4),
    '"x".shape must be a list, each element a whole number from 0 on, found [100000000000000000000]',
  ],
  [
    "a product of sizes overflows",
    fileOf(`{"x":${entry("F32", "[4294967296,4294967296,0]", "[0,0]")}}`, 0),
    '"x" must have fewer than 2^53 bytes, found the shape [4294967296,4294967296,0]',
  ],
  [
    "an offset is missing",
    fileOf(`{"x":${entry("F32", "[0]", "[0]")}}`, 0),
    '"x".data_offsets must be two whole numbers from 0 on, found [0]',
  ],
  [
    "offsets run backwards",
    fileOf(`{"x":${entry("F32", "[1]", "[4,0]")}}`, 4),
    'the 4 bytes of "x" must begin at 0, found 4 to 0',
  ],
  [
    "offsets lie beyond the file",
    fileOf(`{"x":${entry("F32", "[1]", "[9007199254740000,9007199254740004]")}}`, 4),
    'the 4 bytes of "x" must begin at 0, found 9007199254740000 to 9007199254740004',
  ],
  [
    "there is a hole",
    fileOf(`{"x":${entry("F32", "[1]", "[4,8]")}}`, 8),
    'the 4 bytes of "x" must begin at 0, found 4 to 8',
  ],
  [
    "tensors overlap",
    fileOf(`{"x":${entry("F32", "[2]", "[0,8]")},"y":${entry("F32", "[1]", "[4,8]")}}`, 8),
    'the 4 bytes of "y" must begin at 8, found 4 to 8',
  ],
  [
    "a shape is not that of its bytes",
    fileOf(`{"x":${entry("F32", "[3]", "[0,8]")}}`, 8),
    'the 12 bytes of "x" must begin at 0, found 0 to 8',
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

Deno.test("readSafetensors() throws when there are more tensors than any net has", () => {
  const names = Array.from({ length: 100_001 }, (_, i) => `"${i}":${entry("F32", "[0]", "[0,0]")}`);
  const error = assertThrows(() => readSafetensors(fileOf(`{${names}}`, 0), { path: "f" }), InputError);
  assertEquals(error.message, "Cannot read f: its header must name at most 100000 things, found more");
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
    writeSafetensors(small),
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
