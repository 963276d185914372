import { counted } from "../../core/text/counted.ts";
import { listed } from "../../core/text/listed.ts";
import { megabytes } from "../../core/text/megabytes.ts";
import type { ExperimentFacts } from "../../experiment/declaration/experiment.ts";
import { equalPoints, repeatedValues } from "../../report/evidence/repeated_values.ts";
import type { LoadedExperiment } from "../../runner/plan/load_experiment.ts";
import { fittingAdvice } from "../../runner/plan/trial_memory.ts";
import type { Preview } from "../../runner/results/preview_run.ts";
import { factLines } from "../terminal/fact_lines.ts";
import { table } from "../terminal/table.ts";
import { shortText } from "../terminal/text_width.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { expectedText, groupTexts } from "./group_text.ts";
import { type PreviewCounts, previewCounts } from "./preview_counts.ts";
import { shortPointName, valueText } from "./value_text.ts";

const MOST_REASONS = 10;
const MOST_POINTS = 3;
const REASON_COLUMNS = 200;
const MOST_DUPLICATES = 20;

type Fact = readonly [title: string, value: string];

/** Returns what a dry run would do and why, as a table, and the trials of the grid as another. */
export function previewText(
  { experiment }: Pick<LoadedExperiment, "experiment">,
  { preview, columns }: { readonly preview: Preview; readonly columns: number | null },
): string {
  const { trials } = preview;
  const counts = previewCounts(preview);
  const facts: readonly Fact[] = [
    ["points", pointsText(counts)],
    ["repeats", experiment.repeats === 1 ? "1" : `${experiment.repeats} each`],
    ...experiment.data.folds === undefined ? [] : [["folds", `${experiment.data.folds} each`] as const],
    ["trials", trialsText(counts)],
    ...section("search", searchTexts(experiment, preview)),
    ["epochs", epochsText(preview, counts)],
    ["time", timeText(preview, counts)],
    ["memory", memoryText(preview, counts)],
    ...section("why", groupTexts(preview.groups)),
    ...section("skipped", skippedTexts(preview)),
    ...section("duplicates", duplicateTexts(experiment, preview)),
  ];
  const axes = Object.keys(experiment.grid);
  const isFolded = trials.some(({ trial }) => trial.fold !== undefined);
  const rows = trials.map(({ trial, fate }) => [
    trial.id,
    String(trial.repeat),
    ...isFolded ? [String(trial.fold ?? "")] : [],
    fate,
    ...axes.map((axis) => valueText(trial.point[axis])),
  ]);
  const columnHeads = ["trial", "repeat", ...isFolded ? ["fold"] : [], "fate"];
  const shorten = axes.map((_, index) => columnHeads.length + index);
  const head = `${experiment.name}: ${counts.counts.runs} of ${trials.length} trials to run\n\n`;
  return `${wrapText(head, { columns })}${factLines(facts, { columns })}\n` +
    table([[...columnHeads, ...axes], ...rows], { columns, shorten, below: true });
}

/** Returns lines as facts, of which the first has the title. */
function section(title: string, lines: readonly string[]): readonly Fact[] {
  return lines.map((line, index) => [index === 0 ? title : "", line]);
}

function pointsText({ points: { declared, withTrials, skipped, duplicates } }: PreviewCounts): string {
  if (withTrials === declared) return String(declared);
  return `${declared}: ${withTrials} with trials` +
    (skipped === 0 ? "" : `, ${skipped} skipped`) +
    (duplicates === 0 ? "" : `, ${duplicates} the same as ${duplicates === 1 ? "another" : "others"}`);
}

function trialsText({ counts: { runs, hasResult, waits = 0, leftOut } }: PreviewCounts): string {
  const all = runs + hasResult + waits + leftOut;
  if (runs === all) return `${all}, all to run`;
  return `${all}: ${runs} to run` +
    (hasResult === 0 ? "" : `, ${hasResult} with a result`) +
    (waits === 0 ? "" : `, ${waits} that wait for others at a rung`) +
    (leftOut === 0 ? "" : `, ${leftOut} left out`);
}

/** Returns a line for each bracket: how many points come to which rung. */
function searchTexts(
  { search }: ExperimentFacts,
  { brackets }: Preview,
): readonly string[] {
  return brackets.map(({ epochs, points }) => {
    const rungs = points.map((count, rung) => `${count} to epoch ${epochs[rung]}`).join(", ");
    return `${search!.kind === "halving" ? "halving" : "bracket"}, points: ${rungs}`;
  });
}

function epochsText({ trials }: Preview, { epochs, searchEpochs }: PreviewCounts): string {
  const isMost = trials.some(({ trial, fate }) => fate === "runs" && trial.solver.patience);
  const most = isMost ? " at most" : "";
  return searchEpochs === undefined
    ? `${epochs} to train${most}`
    : `${epochs} to the next rung${most}; ${searchEpochs}${most} in the whole search`;
}

function timeText({ workers, expectedMs, timed }: Preview, { counts: { runs } }: PreviewCounts): string {
  if (runs === 0) return "none: no trial is to run";
  if (workers === null) return "not known: workers of a queue run the trials";
  if (expectedMs === null) return "not known yet: no trial has been timed here";
  const basis = timed === 1 ? "a trial" : `${timed} trials`;
  return `${expectedText(expectedMs)} on ${counted(workers, "worker")}, from ${basis} timed here`;
}

function memoryText({ memory, availableBytes }: Preview, { counts: { runs } }: PreviewCounts): string {
  if (runs === 0) return "none: no trial is to run";
  const available = availableBytes === null ? "" : `; ${megabytes(availableBytes)} are available`;
  if (memory === null) return `not known before the data are read${available}`;
  const { dataBytes, eachBytes, running } = memory;
  const data = `${megabytes(dataBytes)} of data`;
  const each = megabytes(eachBytes);
  if (running === null) return `about ${data} on each machine of the queue, and ${each} for each trial there`;
  // The sum of what is shown, which is rounded up.
  const all = megabytes(1e6 * (Math.ceil(dataBytes / 1e6) + running * Math.ceil(eachBytes / 1e6)));
  const text = `about ${all}: ${data}, ${
    running === 1 ? "a trial" : `${running} trials at a time`
  } of ${each}`;
  if (availableBytes === null || dataBytes + running * eachBytes <= availableBytes) return text + available;
  return `${text}${available}, which is too little: ${
    fittingAdvice(availableBytes - dataBytes, { eachBytes })
  }`;
}

/** Returns the reasons for which points are skipped, each with how many they are and the first of them. */
function skippedTexts({ skipped }: Preview): readonly string[] {
  const reasons = [...Map.groupBy(skipped, ({ reason }) => reason)];
  const lines = reasons.slice(0, MOST_REASONS).map(([reason, group]) => {
    const first = listed(group, { most: MOST_POINTS, show: ({ point }) => `(${shortPointName(point)})` });
    return `${counted(group.length, "point")}: ${shortText(reason, { columns: REASON_COLUMNS })} ${first}`;
  });
  return withRest(lines, { rest: reasons.length - lines.length, noun: "reason" });
}

/** Returns the values that an axis has more than once, and the points that have the trials of another. */
function duplicateTexts(experiment: ExperimentFacts, { duplicates }: Preview): readonly string[] {
  const values = repeatedValues(experiment, { valueText }).slice(0, MOST_DUPLICATES);
  const points = equalPoints(duplicates);
  const lines = points.slice(0, MOST_DUPLICATES)
    .map(({ point, sameAs }) => `${shortPointName(point)} is the same as ${shortPointName(sameAs)}`);
  return withRest([...values, ...lines], { rest: points.length - lines.length, noun: "point" });
}

function withRest(
  lines: readonly string[],
  { rest, noun }: { readonly rest: number; readonly noun: string },
): readonly string[] {
  return rest > 0 ? [...lines, `${counted(rest, `more ${noun}`)}; --json has all`] : lines;
}
