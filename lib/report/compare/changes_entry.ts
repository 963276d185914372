import { USUAL_METRIC } from "../../core/facts/metric.ts";
import { escapeMarkdown } from "../files/escape_markdown.ts";
import { selectedMetric, spreadOfMetric } from "../summary/metric.ts";
import { metricText } from "../summary/metric_text.ts";
import type { Summary } from "../summary/summary.ts";
import { changeText, winnerText } from "./change_text.ts";
import type { Comparison } from "./comparison.ts";
import { verdictsText } from "./verdicts_text.ts";

/** Options of {@link changesEntry}. */
export interface ChangesEntryOptions {
  readonly summary: Summary;
  /** Null for the first baseline. */
  readonly comparison: Comparison | null;
  /** Where the results come from, if not all of them ran for this. */
  readonly origins: readonly string[];
}

/** Returns the entry of `CHANGES.md` for an accepted baseline */
export function changesEntry(
  reason: string,
  { summary, comparison, origins }: ChangesEntryOptions,
): string {
  const { winner, experimentDigest, dataDigest, numericsVersion } = summary;
  const metric = selectedMetric(summary.experiment);
  const what = metric.name === USUAL_METRIC ? "validation" : metric.label;
  const facts = comparison === null || comparison.problem !== null
    ? [
      `${summary.counts.trials} trials`,
      ...winner ? [`${what} ${metricText(spreadOfMetric(winner, metric.name)!.mean, metric)}`] : [],
    ]
    : [verdictsText(comparison), ...comparison.changes.map(changeText), winnerText(comparison) ?? ""];
  const origin = `experiment ${experimentDigest.slice(0, 16)}, data ${dataDigest.slice(0, 16)}, numerics ` +
    `${numericsVersion}`;
  const lines = [...facts, ...origins, origin].filter((fact) => fact !== "").map((fact) =>
    `- ${escapeMarkdown(fact)}`
  );
  return `## ${escapeMarkdown(reason)}\n\n${lines.join("\n")}\n`;
}
