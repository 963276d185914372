import { InputError } from "../../core/check/errors.ts";
import { aFraction, anObject, checkFields, either, oneOf, show, someText } from "../../core/check/fields.ts";
import { canonicalJson, type Json } from "../../core/numbers/digest.ts";
import type { ModelFacts } from "../model_facts.ts";
import { type HeaderPlace, readHeader, readSafetensors } from "../read_safetensors.ts";
import type { SafetensorsFile } from "../safetensors_file.ts";
import { restoredModel, storedFacts, type StoredForm, storedModel } from "../safetensors_model.ts";
import { writeSafetensors } from "../write_safetensors.ts";
import {
  ENSEMBLE_FORMAT,
  type EnsembleFacts,
  type EnsembleModel,
  ensembleTexts,
  netName,
  underName,
} from "./ensemble_model.ts";

/**
 * Returns an ensemble as a safetensors file: what `modelToSafetensors` stores of each net, under its name, such as `repeat0/W1`
 * and `repeat0/trial`; the means are last, as in the file of one net.
 */
export function ensembleToSafetensors(model: EnsembleModel): Uint8Array {
  const parts = model.nets.map((net) => {
    const name = netName(net.facts);
    const { metadata, tensors } = storedModel(net);
    return {
      metadata: underName(name, metadata),
      tensors: tensors.map((tensor) => ({ ...tensor, name: `${name}/${tensor.name}` })),
    };
  });
  return writeSafetensors({
    metadata: Object.assign({}, ensembleTexts(model), ...parts.map(({ metadata }) => metadata)),
    tensors: [
      ...parts.flatMap(({ tensors }) => tensors.slice(0, -1)),
      ...parts.flatMap(({ tensors }) => tensors.slice(-1)),
    ],
  });
}

/** Returns whether the header of a file is that of an ensemble. */
export function isEnsembleHeader(start: Uint8Array, place: HeaderPlace): boolean {
  return readHeader(start, place).metadata.seedbedFormat === ENSEMBLE_FORMAT;
}

/**
 * Checks the header of an ensemble's file: what each net has, and that all nets take the same rows.
 *
 * @throws {InputError} If it is damaged, or not made by {@link ensembleToSafetensors}.
 */
export function checkEnsembleHeader(start: Uint8Array, place: HeaderPlace): void {
  const { path } = place;
  const header = readHeader(start, place);
  ensembleFacts(header.metadata, path);
  const parts = partsOf(header, path);
  checkNets(parts.map(({ form, ...part }) => ({ ...part, facts: storedFacts(form, part) })), path);
}

/**
 * Reads an ensemble; every bit is restored.
 *
 * @throws {InputError} If the file is damaged, or not made by {@link ensembleToSafetensors}.
 */
export function ensembleFromSafetensors(
  file: Uint8Array,
  { path }: { readonly path: string },
): EnsembleModel {
  const stored = readSafetensors(file, { path });
  const nets = partsOf(stored, path).map(({ form, ...part }) => ({ ...part, ...restoredModel(form, part) }));
  checkNets(nets, path);
  return {
    facts: ensembleFacts(stored.metadata, path),
    nets: nets.map(({ facts, net, mean }) => ({ facts, net, mean })),
  };
}

/** What a file has of a net, without the net's name. */
interface Part<Form> {
  readonly name: string;
  /** The file and the net, for messages. */
  readonly path: string;
  readonly form: Form;
}

/** Divides the metadata and the tensors of a file by the names of its nets. */
function partsOf<Form extends StoredForm>(stored: Form, path: string): readonly Part<Form>[] {
  const names = namesOf(stored.metadata, path);
  const texts = new Map(names.map((name) => [name, {} as Record<string, string>]));
  const tensors = new Map(names.map((name) => [name, [] as Form["tensors"][number][]]));
  for (const [key, text] of Object.entries(stored.metadata)) {
    const { net, rest } = divided(key);
    const own = texts.get(net);
    if (own !== undefined) own[rest] = text;
  }
  for (const tensor of stored.tensors) {
    const { net, rest } = divided(tensor.name);
    const own = tensors.get(net);
    if (own === undefined) {
      throw new InputError(
        `Cannot read ${path}: a tensor must be of one of its nets, ${names.join(", ")}, found ${
          show(tensor.name)
        }`,
      );
    }
    own.push({ ...tensor, name: rest });
  }
  return names.map((name) => ({
    name,
    path: `${path}, ${name}`,
    form: { ...stored, metadata: texts.get(name)!, tensors: tensors.get(name)! },
  }));
}

function divided(name: string): { readonly net: string; readonly rest: string } {
  const at = name.lastIndexOf("/");
  return { net: name.slice(0, Math.max(0, at)), rest: name.slice(at + 1) };
}

function namesOf({ nets }: SafetensorsFile["metadata"], path: string): readonly string[] {
  const names = parsed(nets ?? "");
  const isList = Array.isArray(names) && names.length >= 2 && new Set(names).size === names.length &&
    names.every((name) => typeof name === "string" && NET_NAME.test(name));
  if (isList) return names;
  throw new InputError(
    `Cannot read ${path}: nets must be a list of at least 2 different names such as "repeat0" and "repeat1/fold2", found ${
      show(names ?? nets)
    }`,
  );
}

const NET_NAME = /^repeat\d+(\/fold\d+)?$/;

/** Returns the value of JSON; undefined if it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ensembleFacts(metadata: SafetensorsFile["metadata"], path: string): EnsembleFacts {
  const { experiment, testAccuracy, testMetrics } = metadata;
  const facts = {
    experiment,
    testAccuracy: parsed(testAccuracy ?? ""),
    ...testMetrics === undefined ? {} : { testMetrics: parsed(testMetrics) },
  };
  checkFields(facts, {
    action: `read ${path}`,
    path: "",
    required: { experiment: someText, testAccuracy: either(aFraction, oneOf(null)) },
    optional: { testMetrics: anObject },
  });
  return facts as EnsembleFacts;
}

interface NamedFacts extends Pick<Part<unknown>, "name" | "path"> {
  readonly facts: ModelFacts;
}

/** What all nets of an ensemble have in common. */
const COMMON = ["experiment", "point", "seed", "data", "dataDigest", "model", "classNames", "image"] as const;

/** Checks that nets have the names of their repeats and folds, and take the same rows. */
function checkNets(nets: readonly NamedFacts[], file: string): void {
  const [first] = nets;
  for (const { name, path, facts } of nets) {
    if (netName(facts) !== name) {
      throw new InputError(`Cannot read ${path}: it must be the net ${netName(facts)}, found ${name}`);
    }
    const field = COMMON.find((field) => !isEqual(facts[field], first.facts[field]));
    if (field !== undefined) {
      throw new InputError(
        `Cannot read ${file}: ${field} of all nets must be the same, found that of ${first.name} and ${name} different`,
      );
    }
    if (isEqual(columnsOf(facts), columnsOf(first.facts))) continue;
    throw new InputError(
      `Cannot read ${file}: all nets must take the same columns, found those of ${first.name} and ${name} different`,
    );
  }
}

/** What a net takes: how a column becomes features may differ, its name and kind may not. */
function columnsOf({ preparation, inputDim, featureNames }: ModelFacts): unknown {
  return preparation?.columns.map(({ name, kind }) => [name, kind]) ?? [inputDim, featureNames];
}

function isEqual(left: unknown, right: unknown): boolean {
  return canonicalJson(left as Json) === canonicalJson(right as Json);
}
