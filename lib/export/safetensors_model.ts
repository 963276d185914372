import { sha256Hex } from "../core/digest.ts";
import { InputError } from "../core/errors.ts";
import { FullyConnectedNet } from "../nn/fully_connected_net.ts";
import type { NamedTensor } from "../nn/named_tensor.ts";
import { tensorBytes } from "../nn/tensor_bytes.ts";
import { factsFromTexts, factsToTexts, isDouble, type ModelFacts } from "./model_facts.ts";
import { readSafetensors } from "./read_safetensors.ts";
import type { StoredTensor } from "./safetensors_file.ts";
import { storedShape } from "./stored_shape.ts";
import type { TrainedModel } from "./trained_model.ts";
import { writeSafetensors } from "./write_safetensors.ts";

/**
 * Returns a model as a safetensors file: the net's tensors under their own names, then `mean`, and the facts as metadata.
 *
 * The same model gives the same bytes. Those of the net's tensors are the trial's weights, the ones that
 * `weightsSha256` is the digest of.
 */
export function modelToSafetensors({ facts, net, mean }: TrainedModel): Uint8Array {
  const tensors = [...storedTensors(net, facts), meanTensor(mean)];
  return writeSafetensors({ metadata: factsToTexts(facts), tensors });
}

/**
 * Reads a model back, to the bit.
 *
 * @throws {InputError} If the file is damaged, or is none that {@link modelToSafetensors} made.
 */
export function modelFromSafetensors(
  file: Uint8Array,
  { path }: { readonly path: string },
): TrainedModel {
  const { metadata, tensors } = readSafetensors(file, { path });
  const facts = factsFromTexts(metadata, { path });
  const { inputDim, classNames, model, seed, repeat } = facts;
  const numClasses = classNames.length;
  const net = new FullyConnectedNet({ ...model, inputDim, numClasses, seed: `${seed}/${repeat}` });
  const mean = new (isDouble(facts) ? Float64Array : Float32Array)(inputDim);
  checkTensors(tensors, { expected: [...storedTensors(net, facts), meanTensor(mean)], path });
  const weights = joined(tensors.slice(0, -1));
  const found = sha256Hex(weights);
  if (found !== facts.weightsSha256) {
    throw new InputError(
      `Cannot read ${path}: its weights must have the SHA-256 ${facts.weightsSha256}, found ${found}`,
    );
  }
  net.restore(weights);
  new Uint8Array(mean.buffer).set(tensors.at(-1)!.bytes);
  return { facts, net, mean };
}

function storedTensors(net: FullyConnectedNet, { model }: ModelFacts): readonly StoredTensor[] {
  return net.tensors.map((tensor: NamedTensor) => ({
    name: tensor.name,
    dtype: model.dtype,
    shape: storedShape(tensor),
    bytes: tensorBytes([tensor]),
  }));
}

/** Stands last: behind doubles its four bytes a number leave no tensor on an odd place. */
function meanTensor(mean: TrainedModel["mean"]): StoredTensor {
  const bytes = new Uint8Array(mean.buffer, mean.byteOffset, mean.byteLength);
  const dtype = mean instanceof Float64Array ? "float64" : "float32";
  return { name: "mean", dtype, shape: [mean.length], bytes };
}

interface Expectation {
  readonly expected: readonly StoredTensor[];
  readonly path: string;
}

function checkTensors(tensors: readonly StoredTensor[], { expected, path }: Expectation): void {
  const count = Math.max(tensors.length, expected.length);
  for (let i = 0; i < count; i++) {
    const [wanted, found] = [expected.at(i), tensors.at(i)].map(tensorText);
    if (wanted === found) continue;
    throw new InputError(`Cannot read ${path}: tensor ${i + 1} must be ${wanted}, found ${found}`);
  }
}

function tensorText(tensor: StoredTensor | undefined): string {
  return tensor === undefined ? "none" : `${tensor.name} [${tensor.shape.join(", ")}] of ${tensor.dtype}`;
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
