import { type MetricFacts, metricFacts, testName } from "../../core/facts/metric.ts";
import type { Inspection, Mistake, TargetInspection } from "../../experiment/trial/inspection.ts";
import type { Chart } from "../charts/drawing/chart.ts";
import type { StoryCharts } from "../charts/story_charts.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { equalPoints } from "../evidence/repeated_values.ts";
import { rowsText } from "../evidence/test_text.ts";
import { escapeMarkdown } from "../files/escape_markdown.ts";
import { markdownTable } from "../files/markdown_table.ts";
import { stableJson } from "../files/stable_json.ts";
import { bySection } from "../story/chart_sections.ts";
import { type EnsembleValue, ensembleValues, netsText } from "../story/ensemble_text.ts";
import { inspectedText } from "../story/inspected_text.ts";
import { noConfusionText } from "../story/no_confusion_text.ts";
import { targetTable } from "../story/target_table.ts";
import { reproduceCommand, reproduceRows } from "../story/reproduce.ts";
import type { Story } from "../story/story.ts";
import { pointText } from "../summary/axis_text.ts";
import {
  isTested,
  type Metric,
  selectedMetric,
  spreadOfMetric,
  testSpreadOf,
  validationMetrics,
} from "../summary/metric.ts";
import { metricSpreadText, metricText } from "../summary/metric_text.ts";
import { roundedPercent, SPREAD_MEANING } from "../summary/percent.ts";
import { winnerRows } from "../summary/split_rows.ts";
import type { Summary, TrialResult, Winner } from "../summary/summary.ts";
import { trialsPerPoint } from "../summary/trials_per_point.ts";
import { pointName } from "../summary/trial_name.ts";
import { lostTrials } from "../summary/trial_status.ts";
import {
  cautionsSection,
  countsSection,
  pointsSection,
  sharesSection,
  testParts,
} from "./evidence_sections.ts";
import { figureName, FILTERS_FIGURE, MISTAKES_FIGURE } from "./figure_files.ts";

/**
 * Returns `report.md`: the question and its answer, all points best first, the pictures of {@link figureFiles}, lost
 * trials, and how to repeat it.
 */
export function reportMarkdown(
  story: Story,
  { charts, evidence }: { readonly charts: StoryCharts; readonly evidence: Evidence },
): string {
  const { summary } = story;
  const { name, question } = summary.experiment;
  const sections = [
    `# ${escapeMarkdown(name)}`,
    `**Question.** ${escapeMarkdown(question)}`,
    countsSection(summary),
    cautionsSection(summary),
    answerSection(summary, evidence),
    pointsSection(summary, evidence),
    sharesSection(summary, evidence),
    ...bySection(charts).map(figureSection),
    inspectionSection(story, { charts, evidence }),
    lossesSection(summary),
    duplicatesSection(summary),
    reproduceSection(summary),
  ];
  return `${sections.filter((section) => section !== null).join("\n\n")}\n`;
}

function answerSection(summary: Summary, { lead }: Pick<Evidence, "lead">): string {
  const { winner, counts, experiment } = summary;
  const conclusion = experiment.conclusion === undefined
    ? []
    : [`**The author's conclusion.** ${escapeMarkdown(experiment.conclusion)}`];
  if (winner === null) return ["## Winner", escapeMarkdown(lead), ...conclusion].join("\n\n");
  const parameters = escapeMarkdown(pointName(winner.point));
  const title = counts.pending > 0 ? "## Leading among complete points" : "## Answer";
  const isOne = trialsPerPoint(experiment) === 1;
  const spread = isOne ? "" : ` (${SPREAD_MEANING})`;
  const metrics = validationMetrics(experiment);
  const isAlone = metrics.length === 1;
  return [
    title,
    escapeMarkdown(lead),
    ...conclusion,
    `**${parameters}**`,
    markdownTable(
      {
        head: [
          isAlone ? "split" : "metric",
          `${isAlone ? "accuracy" : "value"}${spread}`,
          "95 % interval by its rows",
          ...isOne ? [] : [experiment.data.folds === undefined ? "each repeat" : "each repeat and fold"],
        ],
        rows: [
          ...metrics.flatMap((metric) => metricRows(winner, { metric, summary, isAlone })),
          ...ensembleValues(winner, experiment).map((value) =>
            ensembleRow(value, { winner, summary, isAlone })
          ),
          ...!isTested(winner) ? [["test", notOpened(counts.pending)]] : [],
        ],
      },
    ),
  ].join("\n\n");
}

interface Measured {
  readonly metric: MetricFacts & Metric;
  readonly summary: Summary;
  /** Whether it is the only metric, so that a row is named after its split. */
  readonly isAlone: boolean;
}

/** Returns the rows of a metric of the winner: on validation, and on the test split once it is evaluated. */
function metricRows(
  winner: Winner,
  { metric, summary, isAlone }: Measured,
): readonly (readonly string[])[] {
  const tested = testName(metric.name);
  const found = [
    { split: "validation", label: metric.label, spread: spreadOfMetric(winner, metric.name) },
    { split: "test", label: metricFacts(tested).label, spread: testSpreadOf(winner, tested) },
  ] as const;
  return found.flatMap(({ split, label, spread }) => {
    if (spread === null) return [];
    const { values } = spread;
    const repeats = values.length === 1 ? [] : [values.map((value) => metricText(value, metric)).join(", ")];
    const rows = metric.isShareOfRows ? winnerRows(summary, split) : null;
    const name = isAlone ? split : label;
    return [[name, `**${metricSpreadText(spread, metric)}**`, rowsText(spread, rows), ...repeats]];
  });
}

interface Together {
  readonly winner: Winner;
  readonly summary: Summary;
  readonly isAlone: boolean;
}

/** Returns the row of a metric of the winner's nets together. */
function ensembleRow(
  value: EnsembleValue,
  { winner, summary, isAlone }: Together,
): readonly string[] {
  const { metric, mean } = value;
  const rows = metric.isShareOfRows ? winnerRows(summary, "test") : null;
  const name = `${isAlone ? "test" : metric.label} of the ensemble`;
  return [name, `**${metricText(mean, metric)}**`, rowsText(value, rows), netsText(winner)];
}

function notOpened(pending: number): string {
  return pending > 0 ? "not opened: trials are pending" : "not opened yet";
}

function lossesSection({ trials }: Summary): string | null {
  const lost = lostTrials(trials);
  if (lost.length === 0) return null;
  const isFolded = lost.some(({ fold }) => fold !== undefined);
  const row = ({ trial, point, repeat, fold, status, reason }: TrialResult) => [
    trial,
    escapeMarkdown(pointText(point)),
    String(repeat),
    ...isFolded ? [String(fold ?? "")] : [],
    status,
    escapeMarkdown(reason ?? ""),
  ];
  return `## Diverged and failed trials\n\n${
    markdownTable({
      head: ["trial", "point", "repeat", ...isFolded ? ["fold"] : [], "status", "reason"],
      rows: lost.map(row),
    })
  }`;
}

function duplicatesSection({ duplicates }: Summary): string | null {
  const same = equalPoints(duplicates);
  if (same.length === 0) return null;
  const lines = same.map(({ point, sameAs }) =>
    `- ${escapeMarkdown(pointText(point))} is the same as ${escapeMarkdown(pointText(sameAs))}`
  );
  return `## Duplicate points\n\nThese points gave a trial that an earlier point had given; it ran once.\n\n${
    lines.join("\n")
  }`;
}

interface FigureSection {
  readonly title: string;
  readonly charts: readonly Chart[];
}

function figureSection({ title, charts }: FigureSection): string | null {
  if (charts.length === 0) return null;
  return [`## ${title}`, ...charts.map(figure)].join("\n\n");
}

function figure(chart: Chart): string {
  const { title, caption } = chart;
  return `![${escapeMarkdown(title)}](${figureName(chart)})\n\n${escapeMarkdown(`${title}. ${caption}`)}`;
}

function inspectionSection(
  { inspection, summary }: Story,
  { charts, evidence }: { readonly charts: StoryCharts; readonly evidence: Evidence },
): string | null {
  if (inspection === null) return null;
  const { trial, targets } = inspection;
  const { others, note } = inspectedText(inspection);
  const parts = [
    "## The winner on the test split",
    `Trial ${trial}${others}, the winner's best repeat by ${
      selectedMetric(summary.experiment).label
    }.${note}`,
    ...testParts(summary, evidence),
    ...targets === undefined
      ? classesParts(inspection, charts)
      : [targetsTable(targets), ...charts.tested.map(figure)],
  ];
  return parts.join("\n\n");
}

function targetsTable(targets: TargetInspection): string {
  const { head, rows } = targetTable(targets);
  return markdownTable({ head, rows: rows.map(([name, ...values]) => [escapeMarkdown(name), ...values]) });
}

function classesParts(inspection: Inspection, charts: StoryCharts): readonly string[] {
  const { mistakes, classNames, filters, image } = inspection;
  const row = ({ row, label, predicted, probability }: Mistake) => [
    String(row),
    escapeMarkdown(classNames[label]),
    escapeMarkdown(classNames[predicted]),
    roundedPercent(probability),
  ];
  return [
    ...charts.tested.length === 0 ? [noConfusionText(inspection)] : charts.tested.map(figure),
    ...mistakes.length === 0 ? ["It makes no mistake on the test split."] : [
      "Its worst mistakes, the surest first:",
      ...image === null ? [] : [`![The rows in the order of the table](${MISTAKES_FIGURE})`],
      markdownTable({ head: ["row", "true class", "predicted", "probability"], rows: mistakes.map(row) }),
    ],
    ...filters.length === 0 ? [] : [
      `![The weights of ${filters.length} units of the first layer](${FILTERS_FIGURE})`,
      `What the first layer looks for: the weights of ${filters.length} units, each stretched from its lowest ` +
      "(dark) to its highest (bright).",
    ],
  ];
}

function reproduceSection(summary: Summary): string {
  const { winner } = summary;
  const settings = winner === null ? [] : [
    "The winner's model and solver:",
    `\`\`\`json\n${stableJson({ model: winner.model, solver: winner.solver })}\`\`\``,
  ];
  return [
    "## Reproduce",
    `    ${reproduceCommand(summary)}`,
    markdownTable({ head: ["what", "value"], rows: reproduceRows(summary) }),
    "The same seed gives the same bits on any machine and with any number of workers: running it again leaves " +
    "every committed file of this folder as it is.",
    ...settings,
  ].join("\n\n");
}
