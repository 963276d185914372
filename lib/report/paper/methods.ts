import { measuresNumbers, USUAL_METRIC } from "../../core/facts/metric.ts";
import { counted } from "../../core/text/counted.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { searchText, splitsText } from "../evidence/facts_text.ts";
import { reproduceCommand } from "../story/reproduce.ts";
import { axisText } from "../summary/axis_text.ts";
import { isTested, selectedMetric } from "../summary/metric.ts";
import type { Summary } from "../summary/summary.ts";
import { trialsPerPoint } from "../summary/trials_per_point.ts";

type DataSpec = Summary["experiment"]["data"];

/** A paragraph of a section on methods: texts, and texts that are set as code. */
export type Paragraph = readonly (string | { readonly code: string })[];

/** Returns the section on methods of an experiment, from its declaration: data, search, selection, statistics, proof. */
export function methods(
  summary: Summary,
  { shares, test }: Pick<Evidence, "shares" | "test">,
): readonly Paragraph[] {
  return [
    dataParagraph(summary),
    searchParagraph(summary),
    selectionParagraph(summary),
    statisticsParagraph(summary, { shares, test }),
    reproductionParagraph(summary),
  ];
}

function dataParagraph(summary: Summary): Paragraph {
  const { experiment: { data, datasets = [data] }, dataDigest } = summary;
  const splits = splitsText(summary);
  const names = [...new Map(datasets.map((spec) => [nameOf(spec), spec])).values()];
  return [
    ...names.flatMap((spec, index) => [index === 0 ? "" : ", and ", sourceOf(spec), { code: nameOf(spec) }]),
    ` (SHA-256 of data and splits ${dataDigest.slice(0, 16)}).`,
    splits === null
      ? ""
      : datasets.length === 1
      ? ` It is split into ${splits}.`
      : ` The points differ in their data; in all, these are ${splits}.`,
    preparationText(summary),
    ...targetsText(summary),
    " The mean of the training rows is subtracted from every row.",
  ];
}

/** Returns how the columns of tables become features; "" without a table. */
function preparationText({ datasets = [] }: Summary): string {
  const [facts] = datasets;
  if (facts === undefined) return "";
  const kinds = Map.groupBy(facts.preparations[0].columns, ({ kind }) => kind);
  const counts = [...kinds].map(([kind, columns]) => `${columns.length} ${kind}`).join(", ");
  return ` Its columns (${counts}) become features by rules that are learned on the training rows` +
    `${
      facts.preparations.length > 1 ? " of each fold" : ""
    } alone: what fills missing values, scales, and categories.`;
}

/** Returns what is predicted instead of a class. */
function targetsText({ datasets = [] }: Summary): Paragraph {
  const targets = datasets[0]?.targets;
  if (targets === undefined) return [];
  const { kind, names } = targets;
  const what = names.flatMap((name, index) => [index === 0 ? "" : ", ", { code: name }]);
  return kind === "numbers"
    ? [
      " The nets predict ",
      ...what,
      ", standardized for training by mean and standard deviation of the training rows; results are in the original unit.",
    ]
    : [" The nets predict whether each of these holds: ", ...what, "."];
}

function sourceOf({ kind }: DataSpec): string {
  if (kind === "csv" || kind === "table") return "The data are the table ";
  return kind === "blobs" ? "The data are generated Gaussian blobs, " : "The data set is ";
}

function nameOf(data: DataSpec): string {
  if (data.kind === "csv") return data.file;
  return data.kind === "table" ? [data.file].flat().join(", ") : data.kind;
}

function searchParagraph(summary: Summary): Paragraph {
  const { experiment: { grid, repeats, seed, search, data }, counts } = summary;
  const { label, name } = selectedMetric(summary.experiment);
  const compared = name === USUAL_METRIC ? "validation accuracies" : `values of the ${label}`;
  const rungs = searchText(summary);
  const axes = Object.entries(grid).flatMap(([axis, values], place): Paragraph => [
    place === 0 ? "" : "; ",
    { code: axis },
    ` in {${values.map(axisText).join(", ")}}`,
  ]);
  const times = timesText({ repeats, folds: data.folds });
  return [
    `Fully connected nets are trained at ${counted(counts.points, "point")} of a ${
      search === undefined ? "grid" : "search"
    }: `,
    ...axes,
    `. Each point is trained ${times}, ${counts.trials} trials in all; every random number derives from the seed ${seed}. ` +
    `At the same repeat${
      data.folds === undefined ? "" : " and fold"
    }, all points share their initial weights where shapes agree, the order of their batches, and the splits.`,
    rungs === null ? "" : ` ${rungs} Points are compared by the mean of their best ${compared} so far.`,
    lostText({ counts }),
  ];
}

function timesText({ repeats, folds }: { readonly repeats: number; readonly folds?: number }): string {
  const times = repeats === 1 ? "once" : `${repeats} times, each time with other random streams`;
  return folds === undefined ? times : `on each of the ${folds} folds ${times}`;
}

function lostText({ counts: { diverged, failed, pending } }: Pick<Summary, "counts">): string {
  const parts = Object.entries({ diverged, failed, pending }).filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`);
  return parts.length === 0 ? "" : ` Of the trials, ${parts.join(", ")}.`;
}

function selectionParagraph({ winner, experiment }: Summary): Paragraph {
  const { label, higherIsBetter } = selectedMetric(experiment);
  const { folds } = experiment.data;
  const meant = measuresNumbers(experiment) ? "predictions" : "probabilities";
  return [
    "A trial is measured on the validation split after each epoch, and its best epoch counts. The winner is the point with " +
    `the ${higherIsBetter ? "highest" : "lowest"} mean ${label} over its repeats${
      folds === undefined ? "" : " and folds"
    }.`,
    winner === null || !isTested(winner)
      ? " The test split has not been used."
      : " The test split was used once, after every trial had ended, for the winner alone." +
        (folds === undefined
          ? ""
          : ` At each repeat its result there is that of the mean of the ${meant} of the nets of its ${folds} folds.`) +
        (winner.ensemble === undefined
          ? ""
          : ` The ensemble of all its ${winner.trials.length} nets predicts by the mean of their ${meant}; it was ` +
            "measured on the test split alone, and chose nothing."),
  ];
}

function statisticsParagraph(
  { experiment }: Summary,
  { shares, test }: Pick<Evidence, "shares" | "test">,
): Paragraph {
  const { folds } = experiment.data;
  const pairs = trialsPerPoint(experiment) < 3
    ? `With fewer than three ${
      folds === undefined ? "repeats" : "trials a point"
    }, no test between points is made.`
    : `Points are compared with the winner ${
      folds === undefined ? "repeat by repeat" : "fold by fold"
    }, by paired t tests whose p-values are adjusted for the number of ` +
      "points (Holm 1979). ± is the half width of the 95 % interval by Student's t.";
  return [
    pairs,
    folds === undefined
      ? ""
      : ` Since folds share training rows, intervals and tests over folds take the variance of a mean of n values as s² (1/n + 1/${
        folds - 1
      }) (Nadeau and Bengio 2003).`,
    measuresNumbers(experiment)
      ? ""
      : " Intervals of an accuracy by the rows of its split are Wilson's (1927).",
    shares === null
      ? ""
      : shares.isExact
      ? " Shares of the variance are those of the functional analysis of variance of the points' means (Hooker 2007)."
      : " Shares of the variance are estimated by a forest of regression trees (Hutter, Hoos and Leyton-Brown 2014).",
    test?.calibration == null
      ? ""
      : " The expected calibration error is over ten bins of equal width (Guo et al. 2017).",
  ];
}

function reproductionParagraph(summary: Summary): Paragraph {
  const { experimentDigest, numericsVersion } = summary;
  return [
    `All computation is by Seedbed (numerics version ${numericsVersion}), which gives the same bits on every machine. `,
    { code: reproduceCommand(summary) },
    ` reproduces every number (SHA-256 of the experiment ${experimentDigest.slice(0, 16)}).`,
  ];
}
