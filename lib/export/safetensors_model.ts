import { InputError } from "../core/check/errors.ts";
import { aSha256, checkFields, show } from "../core/check/fields.ts";
import { sha256Hex } from "../core/numbers/digest.ts";
import { FullyConnectedNet } from "../nn/net/fully_connected_net.ts";
import { tensorBytes } from "../nn/net/tensor_bytes.ts";
import { tensorShapes } from "../nn/net/tensor_shapes.ts";
import { checkFinite } from "./check_finite.ts";
import {
  factsFromTexts,
  factsToTexts,
  isDouble,
  type ModelFacts,
  outputsOfFacts,
  widthOfFacts,
} from "./model_facts.ts";
import { type HeaderPlace, readHeader, readSafetensors } from "./read_safetensors.ts";
import type { SafetensorsFile, StoredTensor } from "./safetensors_file.ts";
import { storedShape } from "./stored_shape.ts";
import type { TrainedModel } from "./trained_model.ts";
import { writeSafetensors } from "./write_safetensors.ts";

/** The metadata field with the SHA-256 of `mean`'s bytes; files of older versions lack it. */
const MEAN_DIGEST = "meanSha256";

/**
 * Returns a model as a safetensors file: the net's tensors under their own names, then `mean`, and the facts as metadata.
 *
 * The same model gives the same bytes. The bytes of the net's tensors are the trial's weights, whose digest is
 * `weightsSha256`.
 */
export function modelToSafetensors(model: TrainedModel): Uint8Array {
  return writeSafetensors(storedModel(model));
}

/** Returns what {@link modelToSafetensors} writes. */
export function storedModel({ facts, net, mean }: TrainedModel): SafetensorsFile {
  const bytes = [...net.tensors.map((tensor) => tensorBytes([tensor])), bytesOf(mean)];
  return {
    metadata: { ...factsToTexts(facts), [MEAN_DIGEST]: sha256Hex(bytesOf(mean)) },
    tensors: expectedTensors(facts).map((tensor, i) => ({ ...tensor, bytes: bytes[i] })),
  };
}

/**
 * Reads the facts of a model from the header of its file, and checks that the file has the tensors that the facts
 * require. It reads only the header, and trusts none of its sizes.
 *
 * @param start The file up to the end of its header, or more.
 * @throws {InputError} If the header is damaged, or not made by {@link modelToSafetensors}.
 */
export function modelFactsFromHeader(start: Uint8Array, place: HeaderPlace): ModelFacts {
  return storedFacts(readHeader(start, place), place);
}

/**
 * Returns the facts of a model from its metadata, and checks that its tensors are those that the facts require.
 *
 * @throws {InputError} If something is missing or wrong.
 */
export function storedFacts(
  { metadata, tensors }: StoredForm,
  { path }: { readonly path: string },
): ModelFacts {
  const facts = factsFromTexts(metadata, { path });
  checkFields(metadata, {
    action: `read ${path}`,
    path: "",
    optional: { [MEAN_DIGEST]: aSha256 },
    others: true,
  });
  checkTensors(tensors, { expected: expectedTensors(facts), path });
  return facts;
}

/** The metadata of a model, and the forms of its tensors in the order of the file. */
export interface StoredForm extends Pick<SafetensorsFile, "metadata"> {
  readonly tensors: readonly TensorForm[];
}

/**
 * Reads a model; every bit is restored.
 *
 * @throws {InputError} If the file is damaged, or not made by {@link modelToSafetensors}.
 */
export function modelFromSafetensors(
  file: Uint8Array,
  { path }: { readonly path: string },
): TrainedModel {
  return restoredModel(readSafetensors(file, { path }), { path });
}

/**
 * Returns a model from what {@link storedModel} returned.
 *
 * @throws {InputError} If something is missing or wrong.
 */
export function restoredModel(stored: SafetensorsFile, { path }: { readonly path: string }): TrainedModel {
  const facts = storedFacts(stored, { path });
  const { metadata, tensors } = stored;
  const weights = joined(tensors.slice(0, -1));
  const meanBytes = tensors.at(-1)!.bytes;
  checkDigest(weights, { name: "weights", wanted: facts.weightsSha256, path });
  const { [MEAN_DIGEST]: meanDigest } = metadata;
  if (meanDigest !== undefined) checkDigest(meanBytes, { name: "mean", wanted: meanDigest, path });
  const { inputDim, model, seed, repeat } = facts;
  const outputs = outputsOfFacts(facts);
  const net = new FullyConnectedNet({ ...model, ...outputs, inputDim, seed: `${seed}/${repeat}` });
  net.restore(weights);
  const mean = new (isDouble(facts) ? Float64Array : Float32Array)(inputDim);
  bytesOf(mean).set(meanBytes);
  checkFinite({ net, mean }, { action: `read ${path}` });
  return { facts, net, mean };
}

type TensorForm = Omit<StoredTensor, "bytes">;

function expectedTensors(facts: ModelFacts): readonly TensorForm[] {
  const { inputDim, model } = facts;
  const { parameters, runningAverages } = tensorShapes({
    ...{ ...model, inputDim },
    numOutputs: widthOfFacts(facts),
  });
  const { dtype } = model;
  return [
    ...[...parameters, ...runningAverages].map((shape) => ({
      name: shape.name,
      dtype,
      shape: storedShape(shape),
    })),
    // The last tensor: after doubles, its four-byte numbers misalign no other tensor.
    { name: "mean", dtype: isDouble(facts) ? "float64" : "float32", shape: [inputDim] },
  ];
}

function bytesOf(mean: TrainedModel["mean"]): Uint8Array {
  return new Uint8Array(mean.buffer, mean.byteOffset, mean.byteLength);
}

interface Expectation {
  readonly expected: readonly TensorForm[];
  readonly path: string;
}

function checkTensors(tensors: readonly TensorForm[], { expected, path }: Expectation): void {
  const count = Math.max(tensors.length, expected.length);
  for (let i = 0; i < count; i++) {
    const [wanted, found] = [expected.at(i), tensors.at(i)].map(tensorText);
    if (wanted === found) continue;
    throw new InputError(
      `Cannot read ${path}: tensor ${i + 1} must be ${wanted}${found === null ? "" : `, found ${found}`}`,
    );
  }
}

function tensorText(tensor: TensorForm | undefined): string | null {
  if (tensor === undefined) return null;
  const { name, shape, dtype } = tensor;
  const shown = /^\w{1,40}$/.test(name) ? name : show(name);
  return `${shown} [${shape.length > 2 ? `${shape.length} sizes` : shape.join(", ")}] of ${dtype}`;
}

interface DigestPlace {
  readonly name: string;
  readonly wanted: string;
  readonly path: string;
}

function checkDigest(bytes: Uint8Array, { name, wanted, path }: DigestPlace): void {
  const found = sha256Hex(bytes);
  if (found === wanted) return;
  throw new InputError(
    `Cannot read ${path}: its ${name} must have the SHA-256 ${wanted}, found ${found}`,
  );
}

function joined(tensors: readonly StoredTensor[]): Uint8Array {
  const bytes = new Uint8Array(tensors.reduce((sum, tensor) => sum + tensor.bytes.length, 0));
  let at = 0;
  for (const tensor of tensors) {
    bytes.set(tensor.bytes, at);
    at += tensor.bytes.length;
  }
  return bytes;
}
