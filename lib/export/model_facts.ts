import { InputError } from "../core/check/errors.ts";
import {
  aBoolean,
  aFraction,
  anObject,
  aNumber,
  anything,
  aSha256,
  checkFields,
  either,
  listOf,
  numberWhere,
  oneOf,
  type Rule,
  show,
  someText,
  wholeNumber,
} from "../core/check/fields.ts";
import type { MetricValues, TestMetricValues } from "../core/facts/metric.ts";
import { canonicalJson, type Json } from "../core/numbers/digest.ts";
import type { ImageShape } from "../data/base/dataset.ts";
import type { Targets } from "../data/base/targets.ts";
import type { Preparation } from "../data/base/preparation.ts";
import type { Trial } from "../experiment/trial/trial.ts";
import type { ModelSpec } from "../nn/net/model_spec.ts";
import type { ClassesOption, OutputsOption } from "../nn/net/model_spec.ts";
import { outputsOf } from "../nn/training/loss/outputs_of.ts";
import { resolveModel } from "../nn/net/resolve_model.ts";
import { checkPreparation } from "./check_preparation.ts";
import { checkTableFacts } from "./check_table_facts.ts";
import { differentTexts } from "./text_rules.ts";

/** The facts about a trained net: its origin, its accuracies, its inputs and its outputs. */
export interface ModelFacts
  extends Pick<Trial, "point" | "repeat" | "fold" | "seed" | "data" | "model" | "solver"> {
  /** Name of the experiment. */
  readonly experiment: string;
  /** Id of the trial. */
  readonly trial: string;
  /** SHA-256 of the data set. */
  readonly dataDigest: string;
  /** SHA-256 of the weights. */
  readonly weightsSha256: string;
  readonly numericsVersion: number;
  /** The epoch of the weights. */
  readonly bestEpoch: number;
  /** A fraction; not of numbers. */
  readonly validationAccuracy?: number;
  /** A fraction; null unless the trial is the winner's and was tested alone, without folds; and of numbers. */
  readonly testAccuracy: number | null;
  /** The further metrics on validation, at that epoch; only where some are declared. */
  readonly bestMetrics?: MetricValues;
  /** The further metrics on the test split; only where some are declared, and for the winner's trials. */
  readonly testMetrics?: TestMetricValues;
  /** Features of a row. */
  readonly inputDim: number;
  /** Names of the features in their order; null if the data set has none. */
  readonly featureNames: readonly string[] | null;
  /** Names of the classes, in the order of the scores; none with targets. */
  readonly classNames: readonly string[];
  /** What is predicted instead of a class, and how outputs become numbers; only of such data. */
  readonly targets?: Targets;
  /** The image that a row holds; null if rows are no images. */
  readonly image: ImageShape | null;
  /** How raw columns become the features; only of a table with columns of several kinds. */
  readonly preparation?: Preparation;
}

/** Returns the option of a net for its outputs. */
export function outputsOfFacts(
  { classNames, targets, solver }: Pick<ModelFacts, "classNames" | "targets" | "solver">,
): ClassesOption | OutputsOption {
  const known = targets === undefined ? {} : { targets };
  return outputsOf({ numClasses: classNames.length, ...known }, solver.loss);
}

/** Returns the number of outputs of a model's net. */
export function widthOfFacts(facts: Pick<ModelFacts, "classNames" | "targets" | "solver">): number {
  const { numClasses, numOutputs } = outputsOfFacts(facts);
  return numOutputs ?? numClasses!;
}

/** Returns whether a model's features are float64. */
export function isDouble({ data }: Pick<ModelFacts, "data">): boolean {
  return (data.kind === "csv" || data.kind === "table") && data.dtype === "float64";
}

/** The version of these facts; its name identifies a file as Seedbed's. */
const FORMAT = { seedbedFormat: "1" };

/** Fields that are written unchanged as text; all others are written as JSON. */
const TEXTS: readonly (keyof ModelFacts)[] = ["experiment", "trial", "dataDigest", "weightsSha256"];

/** Fields that only some models have. */
const OPTIONAL = {
  validationAccuracy: aFraction,
  targets: anObject,
  bestMetrics: anObject,
  testMetrics: anObject,
  fold: wholeNumber({ min: 0 }),
  preparation: anObject,
};

const RULES: Readonly<Record<Exclude<keyof ModelFacts, keyof typeof OPTIONAL>, Rule>> = {
  experiment: someText,
  trial: someText,
  point: anything,
  repeat: wholeNumber({ min: 0 }),
  seed: wholeNumber({ min: 0 }),
  data: anything,
  model: anything,
  solver: anything,
  dataDigest: someText,
  weightsSha256: aSha256,
  numericsVersion: wholeNumber({ min: 1 }),
  bestEpoch: wholeNumber({ min: 0 }),
  testAccuracy: either(aFraction, oneOf(null)),
  inputDim: wholeNumber({ min: 1 }),
  featureNames: either({ ...differentTexts, accepts: listOf(someText).accepts }, oneOf(null)),
  classNames: { ...differentTexts, accepts: listOf(someText).accepts },
  image: anything,
};

const NAMES = Object.keys({ ...RULES, ...OPTIONAL }) as readonly (keyof ModelFacts)[];

/** Returns facts as texts by name. */
export function factsToTexts(facts: ModelFacts): Readonly<Record<string, string>> {
  const texts = NAMES.filter((name) => facts[name] !== undefined).map((name) => {
    const fact = facts[name];
    return [name, typeof fact === "string" ? fact : canonicalJson(fact as unknown as Json)];
  });
  return { ...FORMAT, ...Object.fromEntries(texts) };
}

/**
 * Parses facts from their texts.
 *
 * @throws {InputError} If they are not Seedbed's, or one of them is missing or wrong.
 */
export function factsFromTexts(
  texts: Readonly<Record<string, string>>,
  { path }: { readonly path: string },
): ModelFacts {
  const action = `read ${path}`;
  if (texts.seedbedFormat !== FORMAT.seedbedFormat) {
    throw new InputError(
      `Cannot ${action}: it must be a model that Seedbed exported, with seedbedFormat ${FORMAT.seedbedFormat} in its metadata${
        texts.seedbedFormat === undefined ? "" : `, found ${show(texts.seedbedFormat)}`
      }`,
    );
  }
  const known = NAMES.filter((name) => Object.hasOwn(texts, name));
  const facts = Object.fromEntries(known.map((name) => [name, parseFact(name, { texts, action })]));
  checkFields(facts, { action, path: "", required: RULES, optional: OPTIONAL });
  const { data, model, image } = facts as unknown as Untrusted;
  checkFields(data, {
    action,
    path: "data",
    required: { kind: someText },
    optional: {
      label: someText,
      target: differentTexts,
      labels: differentTexts,
      classes: listOf(someText),
      dtype: oneOf("float32", "float64"),
      header: either(aBoolean, listOf(someText)),
    },
    others: true,
  });
  checkFields((facts as unknown as ModelFacts).solver, {
    action,
    path: "solver",
    optional: { loss: anObject },
    others: true,
  });
  checkTargets(facts as unknown as ModelFacts, action);
  checkNames(facts as unknown as ModelFacts, action);
  checkPrepared(facts as unknown as ModelFacts, action);
  if (image !== null) checkImage(image, { inputDim: facts.inputDim, action });
  return { ...facts, model: resolveModel(model, { action }) } as unknown as ModelFacts;
}

interface Untrusted {
  readonly data: unknown;
  readonly model: ModelSpec;
  readonly image: ImageShape | null;
}

/** Targets are those of the data, each with its scale. */
function checkTargets(facts: ModelFacts, action: string): void {
  const { data, targets, solver } = facts;
  const fail = (what: string) => new InputError(`Cannot ${action}: ${what}`);
  const declared = data.kind === "table" ? data.target ?? data.labels : undefined;
  const checkAccuracy = () => {
    const { validationAccuracy } = facts;
    checkFields({ validationAccuracy }, { action, path: "", required: { validationAccuracy: aFraction } });
  };
  if (targets === undefined) {
    if (declared !== undefined) throw fail("targets must be given, since the data have some");
    checkAccuracy();
    if (solver.loss?.name === undefined || solver.loss.name === "sigmoid") return;
    throw fail(`solver.loss.name must be "sigmoid" of classes, found ${show(solver.loss.name)}`);
  }
  const kind = data.kind === "table" && data.target !== undefined ? "numbers" : "labels";
  checkFields(targets, {
    action,
    path: "targets",
    required: { kind: oneOf(kind), names: differentTexts, scales: listOf(anObject) },
  });
  if (kind === "labels") checkAccuracy();
  const { names, scales } = targets;
  if (canonicalJson(names as Json) !== canonicalJson((declared ?? []) as Json)) {
    throw fail(`targets.names must be those of the data, found ${show(names)} and ${show(declared)}`);
  }
  if (scales.length !== names.length) {
    throw fail(`targets.scales must be ${names.length}, one for each name, found ${scales.length}`);
  }
  const divisor = numberWhere("a number above 0", (value) => value > 0);
  scales.forEach((scale, i) =>
    checkFields(scale, { action, path: `targets.scales[${i}]`, required: { offset: aNumber, divisor } })
  );
}

function checkNames(facts: ModelFacts, action: string): void {
  const { featureNames, classNames, targets, inputDim, data, solver } = facts;
  const fail = (what: string) => new InputError(`Cannot ${action}: ${what}`);
  if (featureNames !== null && featureNames.length !== inputDim) {
    throw fail(`featureNames must be as many as inputDim = ${inputDim}, found ${featureNames.length}`);
  }
  // Of a table, "a=b" may be a column, and a category of another one.
  if (data.kind !== "table" && featureNames !== null && !differentTexts.accepts(featureNames)) {
    throw fail(`featureNames must be a list of different texts or null, found ${show(featureNames)}`);
  }
  if (targets !== undefined) {
    if (classNames.length === 0) return;
    throw fail(`classNames must be empty with targets, found ${show(classNames)}`);
  }
  if (!differentTexts.accepts(classNames)) {
    throw fail(`classNames must be a list of different texts, found ${show(classNames)}`);
  }
  if (classNames.length < 2) throw fail(`classNames must be at least 2, found ${classNames.length}`);
  if (solver.loss?.name === "sigmoid" && classNames.length > 2) {
    throw fail(`classNames must be 2 with the loss "sigmoid", found ${classNames.length}`);
  }
  if ((data.kind !== "csv" && data.kind !== "table") || data.classes === undefined) return;
  const { classes } = data;
  const isSame = classes.length === classNames.length &&
    classNames.every((name, i) => name === classes[i]);
  if (isSame) return;
  throw fail(`classNames must be data.classes, found ${show(classNames)} and ${show(classes)}`);
}

/** A table has a preparation, and nothing else does. */
function checkPrepared(
  { data, preparation, inputDim, featureNames, image }: ModelFacts,
  action: string,
): void {
  if ((data.kind === "table") !== (preparation !== undefined)) {
    const found = preparation === undefined ? "" : `, found one of ${show(data.kind)} data`;
    const must = preparation === undefined ? "be given, since the data are a table" : "be that of a table";
    throw new InputError(`Cannot ${action}: preparation must ${must}${found}`);
  }
  if (data.kind !== "table") return;
  if (image !== null) throw new InputError(`Cannot ${action}: image must be null, found ${show(image)}`);
  checkTableFacts(data, { action });
  checkPreparation(preparation, { action, inputDim, featureNames });
}

interface ImagePlace {
  readonly inputDim: unknown;
  readonly action: string;
}

function checkImage(image: ImageShape, { inputDim, action }: ImagePlace): void {
  const pixels = wholeNumber({ min: 1 });
  const channels = numberWhere("1 or 3", (value) => value === 1 || value === 3);
  checkFields(image, { action, path: "image", required: { width: pixels, height: pixels, channels } });
  const features = image.width * image.height * image.channels;
  if (features === inputDim) return;
  throw new InputError(
    `Cannot ${action}: image must have inputDim = ${inputDim} features, found ${features}`,
  );
}

interface Parsing {
  readonly texts: Readonly<Record<string, string>>;
  readonly action: string;
}

function parseFact(name: keyof ModelFacts, { texts, action }: Parsing): unknown {
  const text = texts[name];
  if (TEXTS.includes(name)) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`Cannot ${action}: ${name} must be JSON, found ${show(text)}`);
  }
}
