import { InputError } from "../../core/check/errors.ts";
import {
  aCount,
  aFraction,
  anObject,
  aNumber,
  anything,
  aText,
  checkFields,
  either,
  type Fields,
  listOf,
  oneOf,
  type Rule,
  show,
  wholeNumber,
} from "../../core/check/fields.ts";
import { WARNING_FIELDS } from "../../core/check/warning.ts";
import { isMetricName, measuresNumbers, METRIC_NAMES_TEXT } from "../../core/facts/metric.ts";
import type { ExperimentFacts, Summary } from "../summary/summary.ts";
import { checkMetrics, someNumbers, SPREAD } from "./check_metrics.ts";

/**
 * Reads the text of a `summary.json`.
 *
 * @param options.path The file, for messages.
 * @throws {InputError} If it is damaged, with the first wrong field.
 */
export function parseSummary(text: string, { path }: { readonly path: string }): Summary {
  const value = parseJson(text, path);
  const action = `read ${path}`;
  const format = typeof value === "object" && value !== null && "format" in value ? value.format : undefined;
  if (format !== 1 && format !== 2) {
    throw new InputError(
      `Cannot ${action}: it must be a summary of format 1 or 2, found ${
        format === undefined ? show(value) : `format ${show(format)}`
      }`,
    );
  }
  checkSummary(value as Summary, { action });
  return value as Summary;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const conflict = text.split("\n").findIndex((line) => /^(?:<{7}|={7}|>{7})(?: |\r?$)/.test(line));
    const found = conflict !== -1
      ? `the marks of a merge conflict on line ${conflict + 1}`
      : text.trim() === ""
      ? "an empty file"
      : error instanceof Error
      ? error.message
      : String(error);
    throw new InputError(`Cannot read ${path}: it must be JSON, found ${found}`);
  }
}

const textOrNone = either(aText, oneOf(null));
const numberOrNone = either(aNumber, oneOf(null));
const countOrNone = either(aCount, oneOf(null));
const aList: Rule = { expected: "a list", accepts: Array.isArray };
const aFullList: Rule = {
  expected: "a list that is not empty",
  accepts: (value) => Array.isArray(value) && value.length > 0,
};
const anAxisValue: Rule = {
  expected: "a number, text, boolean or null",
  accepts: (value) => textOrNone.accepts(value) || aNumber.accepts(value) || typeof value === "boolean",
};

const SUMMARY: Fields["required"] = {
  experiment: anObject,
  experimentDigest: aText,
  dataDigest: aText,
  numericsVersion: aCount,
  overrides: listOf(aText),
  counts: anObject,
  winner: either(anObject, oneOf(null)),
  points: aList,
  trials: aList,
  duplicates: aList,
};
const EXPERIMENT = {
  name: aText,
  question: aText,
  seed: aCount,
  repeats: aCount,
  data: anObject,
  grid: anObject,
};
const SEARCH = { kind: oneOf("halving", "hyperband"), epochs: someNumbers, keep: aNumber };
const aMetric: Rule = { expected: METRIC_NAMES_TEXT, accepts: isMetricName };
const aTruth: Rule = { expected: "true", accepts: (value) => value === true };
const EXPERIMENT_OPTIONAL = {
  conclusion: aText,
  ensemble: aTruth,
  metrics: listOf(aMetric),
  select: aMetric,
};
const COUNTS = {
  points: aCount,
  trials: aCount,
  done: aCount,
  diverged: aCount,
  failed: aCount,
  pending: aCount,
};
const POINT_RESULT = { point: anObject, done: aCount, validationAccuracy: either(anObject, oneOf(null)) };
const WINNER = {
  point: anObject,
  trials: listOf(aText),
  model: anObject,
  solver: anObject,
  validationAccuracy: anObject,
  testAccuracy: either(anObject, oneOf(null)),
};
const WINNER_OPTIONAL = { data: anObject, ensemble: anObject };
const TRIAL = {
  trial: aText,
  point: anObject,
  repeat: aCount,
  status: oneOf("done", "stopped", "diverged", "failed", "pending"),
  bestEpoch: countOrNone,
  bestValidationAccuracy: numberOrNone,
  trainAccuracy: numberOrNone,
  loss: numberOrNone,
  testAccuracy: numberOrNone,
  weightsSha256: textOrNone,
  reason: textOrNone,
};

const STOPPED = { stoppedAfter: aCount };
const FOLDS = { folds: wholeNumber({ min: 2 }) };

interface Checking {
  readonly action: string;
}

/** Checks the known fields of an object; fields of later versions are accepted. */
function check(
  value: unknown,
  place: Checking & { readonly path: string } & Pick<Fields, "required" | "optional">,
): void {
  checkFields(value, { ...place, others: true });
}

function checkSummary(summary: Summary, { action }: Checking): void {
  check(summary, { action, path: "", required: SUMMARY, optional: { warnings: aList, skipped: aList } });
  const { format, experiment, counts, winner, points, trials, duplicates, skipped = [], warnings = [] } =
    summary;
  checkFacts(experiment, { action });
  const axes = Object.keys(experiment.grid);
  check(counts, { action, path: "counts", required: COUNTS, optional: { stopped: aCount } });
  const point = Object.fromEntries(axes.map((axis) => [axis, anAxisValue]));
  // In format 1 a point has exactly the axes of the grid, later it has some of them.
  const fields = format === 1 ? { required: point } : { optional: point };
  const checkPoint = (value: unknown, path: string) => checkFields(value, { action, path, ...fields });
  const spread = (value: unknown, path: string) => {
    if (value !== null) check(value, { action, path, required: SPREAD, optional: FOLDS });
  };
  if (winner !== null) {
    // Of numbers it has none.
    const required = measuresNumbers(experiment) ? { ...WINNER, validationAccuracy: oneOf(null) } : WINNER;
    check(winner, { action, path: "winner", required, optional: WINNER_OPTIONAL });
    checkPoint(winner.point, "winner.point");
    spread(winner.validationAccuracy, "winner.validationAccuracy");
    spread(winner.testAccuracy, "winner.testAccuracy");
    if (winner.ensemble !== undefined) {
      check(winner.ensemble, {
        action,
        path: "winner.ensemble",
        required: { testAccuracy: either(aFraction, oneOf(null)) },
      });
    }
    checkPlain(winner.model, { action, path: "winner.model" });
    checkPlain(winner.solver, { action, path: "winner.solver" });
    checkPlain(winner.data, { action, path: "winner.data" });
  }
  points.forEach((result, index) => {
    const path = `points[${index}]`;
    check(result, { action, path, required: POINT_RESULT, optional: STOPPED });
    checkPoint(result.point, `${path}.point`);
    spread(result.validationAccuracy, `${path}.validationAccuracy`);
  });
  trials.forEach((result, index) => {
    check(result, {
      action,
      path: `trials[${index}]`,
      required: TRIAL,
      optional: { ...STOPPED, fold: aCount, trainRmse: aNumber },
    });
    checkPoint(result.point, `trials[${index}].point`);
  });
  checkMetrics(summary, { action });
  warnings.forEach((warning, index) => {
    check(warning, { action, path: `warnings[${index}]`, required: WARNING_FIELDS });
  });
  skipped.forEach((skip, index) => {
    check(skip, { action, path: `skipped[${index}]`, required: { point: anything, reason: aText } });
    checkPoint(skip.point, `skipped[${index}].point`);
  });
  duplicates.forEach((duplicate, index) => {
    const path = `duplicates[${index}]`;
    check(duplicate, { action, path, required: { point: anything, sameAs: anything } });
    checkPoint(duplicate.point, `${path}.point`);
    checkPoint(duplicate.sameAs, `${path}.sameAs`);
  });
}

/**
 * Checks the declaration of an experiment in a file.
 *
 * @throws {InputError} With the first wrong field.
 */
export function checkFacts(experiment: ExperimentFacts, { action }: Checking): void {
  const optional = { ...EXPERIMENT_OPTIONAL, datasets: aFullList, search: anObject };
  check(experiment, { action, path: "experiment", required: EXPERIMENT, optional });
  const { data, datasets = [], search, grid } = experiment;
  const checkData = (value: unknown, path: string) => {
    check(value, { action, path, required: { kind: aText }, optional: FOLDS });
    checkPlain(value, { action, path });
  };
  checkData(data, "experiment.data");
  if (search !== undefined) {
    check(search, { action, path: "experiment.search", required: SEARCH });
  }
  datasets.forEach((spec, index) => checkData(spec, `experiment.datasets[${index}]`));
  const values = Object.fromEntries(Object.keys(grid).map((axis) => [axis, listOf(anAxisValue)]));
  check(grid, { action, path: "experiment.grid", required: values });
}

const MOST_DEPTH = 8;

/** Checks that a value from JSON has only finite numbers and is not nested too deep for the stack. */
function checkPlain(value: unknown, { action, path }: Checking & { readonly path: string }, depth = 0): void {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new InputError(`Cannot ${action}: ${path} must be a finite number, found ${value}`);
  }
  if (typeof value !== "object" || value === null) return;
  if (depth === MOST_DEPTH) {
    throw new InputError(
      `Cannot ${action}: ${path} must be a plain value, found one that is nested too deep`,
    );
  }
  for (const [name, field] of Object.entries(value)) {
    checkPlain(field, { action, path: `${path}.${name}` }, depth + 1);
  }
}
