import type { TestMetricValues } from "../../core/facts/metric.ts";
import { canonicalJson, type Json } from "../../core/numbers/digest.ts";
import { factsToTexts, type ModelFacts } from "../model_facts.ts";
import type { TrainedModel } from "../trained_model.ts";

/** The facts about nets that predict together. */
export interface EnsembleFacts {
  /** Name of the experiment. */
  readonly experiment: string;
  /** A fraction, of the nets together; null if it was not measured, and of numbers. */
  readonly testAccuracy: number | null;
  /** The further metrics on the test split; only where some are declared, and measured. */
  readonly testMetrics?: TestMetricValues;
}

/** Trained nets that predict by the mean of their probabilities, or of their numbers. */
export interface EnsembleModel {
  readonly facts: EnsembleFacts;
  /** At least two, repeat by repeat and fold by fold: the order in which probabilities are added. */
  readonly nets: readonly TrainedModel[];
}

/** The format of the texts of an ensemble; its name identifies a file as Seedbed's. */
export const ENSEMBLE_FORMAT = "ensemble 1";

/** Returns the name of a net in an ensemble, such as "repeat0" or "repeat1/fold2". */
export function netName({ repeat, fold }: Pick<ModelFacts, "repeat" | "fold">): string {
  return fold === undefined ? `repeat${repeat}` : `repeat${repeat}/fold${fold}`;
}

/** Returns the facts about an ensemble as texts by name; those of its nets follow under `netTexts`. */
export function ensembleTexts({ facts, nets }: EnsembleModel): Readonly<Record<string, string>> {
  const { experiment, testAccuracy, testMetrics } = facts;
  return {
    seedbedFormat: ENSEMBLE_FORMAT,
    experiment,
    nets: canonicalJson(nets.map((net) => netName(net.facts))),
    testAccuracy: canonicalJson(testAccuracy),
    ...testMetrics === undefined ? {} : { testMetrics: canonicalJson(testMetrics as unknown as Json) },
  };
}

/** Returns texts under the name of a net, such as `repeat0/trial`. */
export function underName<T>(name: string, texts: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${name}/${key}`, text]));
}

/** Returns the texts of an ensemble and of each of its nets. */
export function allTexts(model: EnsembleModel): Readonly<Record<string, string>> {
  const ofNets = model.nets.map(({ facts }) => underName(netName(facts), factsToTexts(facts)));
  return Object.assign({}, ensembleTexts(model), ...ofNets);
}
