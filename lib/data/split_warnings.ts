import { InputError } from "../core/check/errors.ts";
import type { Warning } from "../core/check/warning.ts";
import { counted } from "../core/text/counted.ts";
import { quoted, quotedList } from "../core/text/quoted.ts";
import type { Dataset, Split } from "./base/dataset.ts";
import { type ClassCounts, countClasses } from "./folds/count_classes.ts";
import { poolOf } from "./folds/fold_rows.ts";

type SplitName = "train" | "validation" | "test";

const TITLES = { train: "training split", validation: "validation split", test: "test split" } as const;

/** The effect on the results of a class that a split lacks. */
const MEANINGS = {
  train: "no net can learn it",
  validation: "the choice of the winner does not weigh it",
  test: "the test accuracy does not weigh it",
} as const;

/**
 * Returns the warnings of a data set: those of its source, and one for each split that lacks a class. With folds, that
 * is the training and the validation split of each, and groups that the test split shares with them are a warning too.
 */
export function dataWarnings(
  dataset: Dataset,
  { folds }: { readonly folds?: number } = {},
): readonly Warning[] {
  const { warnings = [], numClasses } = dataset;
  const count = (name: SplitName) => countLabels(dataset[name], numClasses);
  const [train, validation] = folds === undefined
    ? [count("train"), count("validation")].map((counts) => [{ counts, of: "" }])
    : foldSplits(countClasses(dataset, folds));
  return [
    ...warnings,
    ...missingClasses("train", { splits: train, dataset }),
    ...missingClasses("validation", { splits: validation, dataset }),
    ...missingClasses("test", { splits: [{ counts: count("test"), of: "" }], dataset }),
    ...folds === undefined ? [] : sharedGroups(dataset),
  ];
}

/** The rows of a split by class, and of which fold it is, such as " of fold 2". */
interface CountedSplit {
  readonly counts: Float64Array;
  readonly of: string;
}

/** Returns the training and the validation splits of all folds. */
function foldSplits({ pool, folds }: ClassCounts): readonly (readonly CountedSplit[])[] {
  const splits = folds.map((counts, fold) => ({ counts, of: ` of fold ${fold}` }));
  return [
    splits.map(({ counts, of }) => ({ counts: counts.map((count, label) => pool[label] - count), of })),
    splits,
  ];
}

interface Splits {
  /** One, or one for each fold. */
  readonly splits: readonly CountedSplit[];
  readonly dataset: Dataset;
}

function missingClasses(name: SplitName, { splits, dataset }: Splits): readonly Warning[] {
  const { classNames, numClasses } = dataset;
  const lacking = splits.filter(({ counts }) => counts.includes(0));
  if (lacking.length === 0) return [];
  const [{ counts, of }] = lacking;
  const missing = classNames.filter((_, label) => counts[label] === 0);
  const n = counts.reduce((sum, count) => sum + count, 0);
  const few = n < numClasses
    ? `it has ${counted(n, "row")}, fewer than the ${numClasses} classes, and `
    : "it ";
  const more = lacking.length === 1 ? "" : ` and ${counted(lacking.length - 1, "more fold")}`;
  const message = `${few}holds no row of class ${quotedList(missing)}: ${MEANINGS[name]}`;
  return [{ code: "missing_class", where: `${TITLES[name]}${of}${more}`, message }];
}

function sharedGroups(dataset: Dataset): readonly Warning[] {
  const { groups } = poolOf(dataset);
  const tested = dataset.test.groups;
  if (groups === undefined || tested === undefined) return [];
  const own = new Set(Array.from(groups));
  const all = new Set(tested);
  const shared = [...all].filter((group) => own.has(group)).length;
  if (shared === 0) return [];
  const message =
    `${shared} of its ${counted(all.size, "group")} ${shared === 1 ? "has" : "have"} rows in the folds ` +
    "too: the test accuracy is not one of new groups";
  return [{ code: "shared_groups", where: TITLES.test, message }];
}

/**
 * Checks that the training split has rows of more than one class: otherwise every net is right at once.
 *
 * @throws {InputError} If it does not.
 */
export function checkTrainingClasses({ train, classNames, numClasses, targets }: Dataset): void {
  if (targets !== undefined) return;
  const counts = countLabels(train, numClasses);
  const held = classNames.filter((_, label) => counts[label] > 0);
  if (held.length >= 2) return;
  throw new InputError(
    `Cannot use data: the training split must hold rows of at least 2 classes, found ${
      counted(train.n, "row")
    } of class ${quoted(held[0])} alone; check data.label and the size of data.train`,
  );
}

function countLabels({ labels }: Pick<Split, "labels">, numClasses: number): Float64Array {
  const counts = new Float64Array(numClasses);
  for (let i = 0; i < labels.length; i++) counts[labels[i]] += 1;
  return counts;
}
