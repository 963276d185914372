import { InputError } from "../core/check/errors.ts";
import type { Warning } from "../core/check/warning.ts";
import { counted } from "../core/text/counted.ts";
import { quoted, quotedList } from "../core/text/quoted.ts";
import type { Dataset, Split } from "./base/dataset.ts";

const NAMES = ["train", "validation", "test"] as const;

const TITLES = { train: "training split", validation: "validation split", test: "test split" } as const;

/** The effect on the results of a class that a split lacks. */
const MEANINGS = {
  train: "no net can learn it",
  validation: "the choice of the winner does not weigh it",
  test: "the test accuracy does not weigh it",
} as const;

/** Returns the warnings of a data set: those of its source, and one for each split that lacks a class. */
export function dataWarnings(dataset: Dataset): readonly Warning[] {
  const { warnings = [], classNames, numClasses } = dataset;
  return [
    ...warnings,
    ...NAMES.flatMap((name): readonly Warning[] => {
      const { n } = dataset[name];
      const counts = countLabels(dataset[name], numClasses);
      const missing = classNames.filter((_, label) => counts[label] === 0);
      if (missing.length === 0) return [];
      const few = n < numClasses
        ? `it has ${counted(n, "row")}, fewer than the ${numClasses} classes, and `
        : "it ";
      const message = `${few}holds no row of class ${quotedList(missing)}: ${MEANINGS[name]}`;
      return [{ code: "missing_class", where: TITLES[name], message }];
    }),
  ];
}

/**
 * Checks that the training split has rows of more than one class: otherwise every net is right at once.
 *
 * @throws {InputError} If it does not.
 */
export function checkTrainingClasses({ train, classNames, numClasses }: Dataset): void {
  const counts = countLabels(train, numClasses);
  const held = classNames.filter((_, label) => counts[label] > 0);
  if (held.length >= 2) return;
  throw new InputError(
    `Cannot use data: the training split must hold rows of at least 2 classes, found ${
      counted(train.n, "row")
    } of class ${quoted(held[0])} alone; check data.label and the size of data.train`,
  );
}

function countLabels({ labels }: Split, numClasses: number): Float64Array {
  const counts = new Float64Array(numClasses);
  for (let i = 0; i < labels.length; i++) counts[labels[i]] += 1;
  return counts;
}
