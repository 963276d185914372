import { assert } from "@std/assert";
import { UnpredictableError } from "../../lib/core/check/errors.ts";
import { predictRows } from "../../lib/export/predict_rows.ts";
import { modelFromSafetensors, modelToSafetensors } from "../../lib/export/safetensors_model.ts";
import { trainModel } from "../export/trained_models.ts";
import { fc } from "./fast_check.ts";
import { refusing, settings } from "./settings.ts";

const MODEL = modelToSafetensors(trainModel({ hiddenDims: [3], normalization: "batchnorm" }));
const HEADER_LENGTH = Number(new DataView(MODEL.buffer, MODEL.byteOffset).getBigUint64(0, true));
const HEADER = new TextDecoder().decode(MODEL.subarray(8, 8 + HEADER_LENGTH));
const REST = MODEL.subarray(8 + HEADER_LENGTH);

/** Reads a file and runs it on a row: whatever is read must give finite numbers or say that it cannot. */
async function checkFile(file: Uint8Array): Promise<boolean> {
  const model = await refusing(() => modelFromSafetensors(file, { path: "model" }));
  if (model === null) return false;
  try {
    const x = new Float32Array(model.net.inputDim).fill(1);
    for (const { probability } of predictRows(model, { x, rowName: String })) {
      assert(probability > 0 && probability <= 1);
    }
  } catch (error) {
    if (!(error instanceof UnpredictableError)) throw error;
  }
  return true;
}

function fileOf(header: string, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(data, 8 + text.length);
  return file;
}

Deno.test("modelFromSafetensors() reads what it wrote", async () => {
  assert(await checkFile(MODEL));
  assert(await checkFile(fileOf(HEADER, REST)));
});

Deno.test("modelFromSafetensors() refuses a file of which bytes are lost or others, or reads a whole model", async () => {
  const edit = fc.record({
    at: fc.nat(MODEL.length),
    length: fc.nat(40),
    put: fc.uint8Array({ maxLength: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(edit, async ({ at, length, put }) => {
      await checkFile(new Uint8Array([...MODEL.subarray(0, at), ...put, ...MODEL.subarray(at + length)]));
    }),
    settings(400),
  );
});

Deno.test("modelFromSafetensors() refuses a header that speaks of another model", async () => {
  const numbers = [...HEADER.matchAll(/\d+/g)];
  const change = fc.record({
    at: fc.nat(numbers.length - 1),
    to: fc.oneof(
      fc.constantFrom("0", "-1", "1e15", "1e999", "9007199254740993", "null", '"x"', "[]", "3.5"),
      fc.nat(1000).map(String),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 2 }), async (changes) => {
      let header = HEADER;
      for (const { at, to } of changes.toSorted((left, right) => right.at - left.at)) {
        const { index, 0: text } = numbers[at];
        header = header.slice(0, index) + to + header.slice(index + text.length);
      }
      await checkFile(fileOf(header, REST));
    }),
    settings(400),
  );
});
