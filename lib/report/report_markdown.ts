import type { Mistake } from "../experiment/trial/inspection.ts";
import type { Chart } from "./charts/drawing/chart.ts";
import type { StoryCharts } from "./charts/story_charts.ts";
import { figureName, FILTERS_FIGURE, MISTAKES_FIGURE } from "./figure_files.ts";
import { escapeMarkdown } from "./files/escape_markdown.ts";
import { stableJson } from "./files/stable_json.ts";
import { bySection } from "./story/chart_sections.ts";
import { noConfusionText } from "./story/no_confusion_text.ts";
import { reproduceCommand, reproduceRows } from "./story/reproduce.ts";
import type { Story } from "./story/story.ts";
import { axisText, pointText } from "./summary/axis_text.ts";
import { confidenceInterval } from "./summary/confidence_interval.ts";
import { percent, roundedPercent, spreadText } from "./summary/percent.ts";
import { rankPoints } from "./summary/rank_points.ts";
import type { PointResult, Spread, Summary, TrialResult } from "./summary/summary.ts";
import { pointName } from "./summary/trial_name.ts";

/**
 * Returns `report.md`: the question, the winner, the pictures of {@link figureFiles}, all points best first, lost
 * trials, and how to repeat it.
 */
export function reportMarkdown(story: Story, { charts }: { readonly charts: StoryCharts }): string {
  const { summary } = story;
  const { name, question } = summary.experiment;
  const sections = [
    `# ${escapeMarkdown(name)}`,
    `**Question.** ${escapeMarkdown(question)}`,
    warningsSection(summary),
    winnerSection(summary),
    trialsSection(summary),
    ...bySection(charts).map(figureSection),
    inspectionSection(story, { charts }),
    pointsSection(summary),
    lossesSection(summary),
    duplicatesSection(summary),
    reproduceSection(summary),
  ];
  return `${sections.filter((section) => section !== null).join("\n\n")}\n`;
}

function warningsSection({ warnings = [] }: Summary): string | null {
  if (warnings.length === 0) return null;
  const lines = warnings.map(({ where, message }) => `- ${escapeMarkdown(`${where}: ${message}.`)}`);
  return `## Warnings\n\n${lines.join("\n")}`;
}

function winnerSection({ winner, counts, experiment }: Summary): string {
  if (winner === null) {
    return "## Winner\n\nNone: no point has all of its repeats done.";
  }
  const parameters = escapeMarkdown(pointName(winner.point));
  const title = counts.pending > 0 ? "## Leading so far" : "## Winner";
  const spread = experiment.repeats === 1 ? "" : " (mean ± sample standard deviation over repeats)";
  return [
    title,
    `**${parameters}**`,
    table(
      ["split", `accuracy${spread}`, ...experiment.repeats === 1 ? [] : ["95 % interval", "each repeat"]],
      [
        accuracyRow("validation", winner.validationAccuracy),
        winner.testAccuracy === null
          ? ["test", notOpened(counts.pending)]
          : accuracyRow("test", winner.testAccuracy),
      ],
    ),
    "Its model and solver:",
    `\`\`\`json\n${stableJson({ model: winner.model, solver: winner.solver })}\`\`\``,
  ].join("\n\n");
}

function accuracyRow(split: string, spread: Spread): readonly string[] {
  const { values } = spread;
  const halfWidth = confidenceInterval(values)?.halfWidth ?? null;
  const more = halfWidth === null ? [] : [`± ${roundedPercent(halfWidth)}`, values.map(percent).join(", ")];
  return [split, `**${spreadText(spread)}**`, ...more];
}

function notOpened(pending: number): string {
  return pending > 0 ? "not opened: trials are pending" : "not opened yet";
}

function trialsSection({ counts, experiment }: Summary): string {
  const { points, trials, done, diverged, failed, pending } = counts;
  const repeats = experiment.repeats === 1 ? "one repeat" : `${experiment.repeats} repeats`;
  return `## Trials\n\n${points} points, ${repeats} each, ${trials} trials: ` +
    `${done} done, ${diverged} diverged, ${failed} failed, ${pending} pending.`;
}

function pointsSection({ points, experiment }: Summary): string {
  const axes = Object.keys(experiment.grid);
  const ranked = rankPoints(points, experiment);
  const isRanked = new Set(ranked);
  const others = points.filter((point) => !isRanked.has(point));
  const row = ({ point, done, validationAccuracy }: PointResult, rank: string) => [
    rank,
    ...axes.map((axis) => escapeMarkdown(axisText(point[axis]))),
    validationAccuracy === null ? "none" : spreadText(validationAccuracy),
    `${done} of ${experiment.repeats}`,
  ];
  return `## Points, best first\n\n${
    table(["rank", ...axes.map(escapeMarkdown), "best validation accuracy", "repeats done"], [
      ...ranked.map((point, place) => row(point, point.done === experiment.repeats ? String(place + 1) : "")),
      ...others.map((point) => row(point, "")),
    ])
  }`;
}

function lossesSection({ trials }: Summary): string | null {
  const lost = trials.filter(({ status }) => status === "failed" || status === "diverged");
  if (lost.length === 0) return null;
  const row = ({ trial, point, repeat, status, reason }: TrialResult) => [
    trial,
    escapeMarkdown(pointText(point)),
    String(repeat),
    status,
    escapeMarkdown(reason ?? ""),
  ];
  return `## Diverged and failed trials\n\n${
    table(["trial", "point", "repeat", "status", "reason"], lost.map(row))
  }`;
}

function duplicatesSection({ duplicates }: Summary): string | null {
  if (duplicates.length === 0) return null;
  const lines = duplicates.map(({ point, sameAs }) =>
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
  { inspection }: Story,
  { charts }: { readonly charts: StoryCharts },
): string | null {
  if (inspection === null) return null;
  const { trial, mistakes, classNames, filters, image } = inspection;
  const row = ({ row, label, predicted, probability }: Mistake) => [
    String(row),
    escapeMarkdown(classNames[label]),
    escapeMarkdown(classNames[predicted]),
    roundedPercent(probability),
  ];
  const parts = [
    "## The winner on the test split",
    `Trial ${trial}, the winner's best repeat by validation accuracy.`,
    ...charts.confusion.length === 0 ? [noConfusionText(inspection)] : charts.confusion.map(figure),
    ...mistakes.length === 0 ? ["It makes no mistake on the test split."] : [
      "Its worst mistakes, the surest first:",
      ...image === null ? [] : [`![The rows in the order of the table](${MISTAKES_FIGURE})`],
      table(["row", "true class", "predicted", "probability"], mistakes.map(row)),
    ],
    ...filters.length === 0 ? [] : [
      `![The weights of ${filters.length} units of the first layer](${FILTERS_FIGURE})`,
      `What the first layer looks for: the weights of ${filters.length} units, each stretched from its lowest ` +
      "(dark) to its highest (bright).",
    ],
  ];
  return parts.join("\n\n");
}

function reproduceSection(summary: Summary): string {
  return [
    "## Reproduce",
    `    ${reproduceCommand(summary)}`,
    table(["what", "value"], reproduceRows(summary)),
    "The same seed gives the same bits on any machine and with any number of workers: running it again leaves " +
    "every committed file of this folder as it is.",
  ].join("\n\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${[...cells, ...Array(head.length - cells.length).fill("")].join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
