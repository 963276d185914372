import { axisText, pointText } from "./axis_text.ts";
import { escapeMarkdown } from "./escape_markdown.ts";
import { percent, spreadText } from "./percent.ts";
import { pointKey, rankPoints } from "./rank_points.ts";
import { stableJson } from "./stable_json.ts";
import type { PointResult, Spread, Summary, TrialResult } from "./summary.ts";

/** Returns `report.md`: the question, the winner, every point best first, what went wrong, and how to repeat it. */
export function reportMarkdown(summary: Summary): string {
  const { name, question } = summary.experiment;
  const sections = [
    `# ${escapeMarkdown(name)}`,
    `**Question.** ${escapeMarkdown(question)}`,
    winnerSection(summary),
    trialsSection(summary),
    pointsSection(summary),
    lossesSection(summary),
    duplicatesSection(summary),
    reproduceSection(summary),
  ];
  return `${sections.filter((section) => section !== null).join("\n\n")}\n`;
}

function winnerSection({ winner, counts, experiment }: Summary): string {
  if (winner === null) {
    return "## Winner\n\nNone: no point has all of its repeats done.";
  }
  const parameters = escapeMarkdown(pointText(winner.point)) || "the only point";
  const title = counts.pending > 0 ? "## Leading so far" : "## Winner";
  const spread = experiment.repeats === 1 ? "" : " (mean ± sample standard deviation over repeats)";
  return [
    title,
    `**${parameters}**`,
    table(["split", `accuracy${spread}`, ...experiment.repeats === 1 ? [] : ["each repeat"]], [
      accuracyRow("validation", winner.validationAccuracy),
      winner.testAccuracy === null
        ? ["test", notOpened(counts.pending)]
        : accuracyRow("test", winner.testAccuracy),
    ]),
    "Its model and solver:",
    `\`\`\`json\n${stableJson({ model: winner.model, solver: winner.solver })}\`\`\``,
  ].join("\n\n");
}

function accuracyRow(split: string, spread: Spread): readonly string[] {
  const each = spread.values.length === 1 ? [] : [spread.values.map(percent).join(", ")];
  return [split, `**${spreadText(spread)}**`, ...each];
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
  const places = new Set(ranked.map(({ point }) => pointKey(point)));
  const others = points.filter(({ point }) => !places.has(pointKey(point)));
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

function reproduceSection(summary: Summary): string {
  const { experiment, overrides, experimentDigest, dataDigest, numericsVersion } = summary;
  const flags = overrides.map((override) => ` --set '${override}'`).join("");
  const elsewhere = overrides.length === 0 ? "" : " --results another_folder";
  return [
    "## Reproduce",
    `    deno task run experiments/${experiment.name}.ts${flags}${elsewhere}`,
    table(["what", "value"], [
      ["seed", String(experiment.seed)],
      ["experiment, SHA-256", experimentDigest],
      ["data, SHA-256", dataDigest],
      ["numerics version", String(numericsVersion)],
    ]),
    "The same seed gives the same bits on any machine and with any number of workers: running it again leaves " +
    "every committed file of this folder as it is.",
  ].join("\n\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${[...cells, ...Array(head.length - cells.length).fill("")].join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
