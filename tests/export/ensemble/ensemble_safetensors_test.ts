import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import {
  checkEnsembleHeader,
  ensembleFromSafetensors,
  ensembleToSafetensors,
  isEnsembleHeader,
} from "../../../lib/export/ensemble/ensemble_safetensors.ts";
import { readSafetensors } from "../../../lib/export/read_safetensors.ts";
import type { SafetensorsFile } from "../../../lib/export/safetensors_file.ts";
import { modelFromSafetensors, modelToSafetensors } from "../../../lib/export/safetensors_model.ts";
import { writeSafetensors } from "../../../lib/export/write_safetensors.ts";
import { needing } from "../../setup/needing.ts";
import { readByPython, READERS } from "../python_readers.ts";
import { trainEnsemble, trainModel } from "../trained_models.ts";

const models = [
  trainEnsemble({ hiddenDims: [] }),
  trainEnsemble({ hiddenDims: [5], normalization: "batchnorm" }),
  trainEnsemble({ hiddenDims: [5], dtype: "float64" }),
];
const [MODEL] = models;
const FILE = ensembleToSafetensors(MODEL);

Deno.test("ensembleFromSafetensors() gives the nets, their means and all facts back to the bit", () => {
  for (const model of models) {
    const file = ensembleToSafetensors(model);
    const read = ensembleFromSafetensors(file, { path: "f" });
    assertEquals(read.facts, model.facts);
    assertEquals(read.nets.map(({ net }) => net.snapshot()), model.nets.map(({ net }) => net.snapshot()));
    assertEquals(read.nets.map(({ mean }) => mean), model.nets.map(({ mean }) => Float32Array.from(mean)));
    assertEquals(read.nets.map(({ facts }) => facts), model.nets.map(({ facts }) => facts));
    assertEquals(ensembleToSafetensors(read), file);
    checkEnsembleHeader(file, { path: "f", fileLength: file.length });
  }
});

Deno.test("ensembleToSafetensors() stores tensors under the names of their nets, and the means last", () => {
  const { metadata, tensors } = readSafetensors(FILE, { path: "f" });
  assertEquals(tensors.map(({ name }) => name), [
    ...["repeat0/W1", "repeat0/b1", "repeat1/W1", "repeat1/b1", "repeat2/W1", "repeat2/b1"],
    ...["repeat0/mean", "repeat1/mean", "repeat2/mean"],
  ]);
  assertEquals([metadata.seedbedFormat, metadata.nets], ["ensemble 1", '["repeat0","repeat1","repeat2"]']);
  assertEquals(metadata["repeat2/weightsSha256"], MODEL.nets[2].facts.weightsSha256);
});

for (const [reader, tool] of READERS) {
  Deno.test(
    needing(tool, `Python's ${reader} reader finds every tensor of ensembleToSafetensors()`),
    async () => {
      const read = await readByPython(reader, [FILE]);
      const { metadata, tensors } = readSafetensors(FILE, { path: "f" });
      const [{ metadata: found, tensors: names }] = read as readonly {
        readonly metadata: unknown;
        readonly tensors: object;
      }[];
      assertEquals([found, Object.keys(names).sort()], [metadata, tensors.map(({ name }) => name).sort()]);
    },
  );
}

Deno.test("isEnsembleHeader() knows an ensemble from a net, and a net's reader refuses an ensemble", () => {
  const file = modelToSafetensors(trainModel({ hiddenDims: [] }));
  assertEquals(isEnsembleHeader(FILE, { path: "f", fileLength: FILE.length }), true);
  assertEquals(isEnsembleHeader(file, { path: "f", fileLength: file.length }), false);
  assertEquals(
    assertThrows(() => modelFromSafetensors(FILE, { path: "f" }), InputError).message,
    "Cannot read f: it must be a model that Seedbed exported, with seedbedFormat 1 in its metadata, found " +
      '"ensemble 1"',
  );
});

type Change = (file: SafetensorsFile) => Partial<SafetensorsFile>;

const metadataWith = (more: Readonly<Record<string, string>>): Change => ({ metadata }) => ({
  metadata: { ...metadata, ...more },
});

const DAMAGED: readonly (readonly [what: string, Change, message: string])[] = [
  [
    "has no names of nets",
    ({ metadata: { nets: _, ...metadata } }) => ({ metadata }),
    'Cannot read f: nets must be a list of at least 2 different names such as "repeat0" and "repeat1/fold2", found ' +
    "nothing",
  ],
  [
    "names a net twice",
    metadataWith({ nets: '["repeat0","repeat0"]' }),
    'Cannot read f: nets must be a list of at least 2 different names such as "repeat0" and "repeat1/fold2", found ' +
    '["repeat0","repeat0"]',
  ],
  [
    "names a net of another kind",
    metadataWith({ nets: '["repeat0","__proto__"]' }),
    'Cannot read f: nets must be a list of at least 2 different names such as "repeat0" and "repeat1/fold2", found ' +
    '["repeat0","__proto__"]',
  ],
  [
    "names fewer nets than it has",
    metadataWith({ nets: '["repeat0","repeat1"]' }),
    'Cannot read f: a tensor must be of one of its nets, repeat0, repeat1, found "repeat2/W1"',
  ],
  [
    "has a net of another repeat",
    metadataWith({ "repeat1/repeat": "4" }),
    "Cannot read f, repeat1: it must be the net repeat4, found repeat1",
  ],
  [
    "has nets of other points",
    metadataWith({ "repeat2/point": '{"rate":1}' }),
    "Cannot read f: point of all nets must be the same, found that of repeat0 and repeat2 different",
  ],
  [
    "lacks a fact of a net",
    ({ metadata: { "repeat1/trial": _, ...metadata } }) => ({ metadata }),
    "Cannot read f, repeat1: trial must be a text that is not empty",
  ],
  [
    "lacks a tensor of a net",
    ({ tensors }) => ({ tensors: tensors.filter(({ name }) => name !== "repeat1/mean") }),
    "Cannot read f, repeat1: tensor 3 must be mean [19] of float32",
  ],
  [
    "has another weight in a net",
    ({ tensors }) => ({
      tensors: tensors.map((tensor) =>
        tensor.name === "repeat2/b1" ? { ...tensor, bytes: new Uint8Array(tensor.bytes.length) } : tensor
      ),
    }),
    `Cannot read f, repeat2: its weights must have the SHA-256 ${MODEL.nets[2].facts.weightsSha256}, found `,
  ],
  [
    "has an accuracy above 1",
    metadataWith({ testAccuracy: "2" }),
    "Cannot read f: testAccuracy must be a fraction or null, found 2",
  ],
];

for (const [what, change, message] of DAMAGED) {
  Deno.test(`ensembleFromSafetensors() refuses a file that ${what}`, () => {
    const stored = readSafetensors(FILE, { path: "f" });
    const file = writeSafetensors({ ...stored, ...change(stored) });
    const found = assertThrows(() => ensembleFromSafetensors(file, { path: "f" }), InputError).message;
    assertEquals(message.endsWith("found ") ? found.slice(0, message.length) : found, message);
  });
}
