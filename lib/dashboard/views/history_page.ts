import { testName } from "../../core/facts/metric.ts";
import { type Html, html } from "../../report/page/html.ts";
import { unbroken } from "../../report/page/sortable_head.ts";
import { selectedMetric, spreadOfMetric, testSpreadOf } from "../../report/summary/metric.ts";
import { metricSpreadText } from "../../report/summary/metric_text.ts";
import { SPREAD_MEANING } from "../../report/summary/percent.ts";
import type { Spread, Summary } from "../../report/summary/summary.ts";
import { pointName } from "../../report/summary/trial_name.ts";
import type { PastResults } from "../../report/trend/trend.ts";
import { dashboardDocument } from "./dashboard_document.ts";

/** The results of an experiment at a commit, as far as the page shows them. */
type Past = Pick<PastResults, "revision" | "date" | "subject" | "summary">;

/** Returns the page of an experiment's results over the revisions of git, newest first. */
export function historyPage(
  name: string,
  { past, base }: { readonly past: readonly Past[]; readonly base: string },
): string {
  const address = `${base}/experiment/${name}`;
  return dashboardDocument({
    title: `${name}: history · Seedbed`,
    base,
    live: null,
    body: html`
      <header>
        <p class="name"><a href="${address}">${name}</a></p>
        <h1>History of the results</h1>
      </header>
      <main>
      ${past.length === 0
        ? html`<p>No commit has results of this experiment.</p>`
        : historyTable(name, { past, base })}
      </main>
    `,
  });
}

function historyTable(
  name: string,
  { past, base }: { readonly past: readonly Past[]; readonly base: string },
): Html {
  const head = [
    "date",
    "commit",
    `validation, ${SPREAD_MEANING}`,
    `test, ${SPREAD_MEANING}`,
    "winner",
    "trials",
    "declaration",
    "what",
  ];
  const isUsual = past.every(({ summary }) => summary?.experiment.select === undefined);
  const rows = past.map(({ revision, date, subject, summary }, place) => {
    const winner = summary?.winner ?? null;
    // Each row is by the metric that decided then.
    const metric = selectedMetric(summary?.experiment ?? {});
    const text = (spread: Spread | null) =>
      spread === null ? "" : `${metricSpreadText(spread, metric)}${isUsual ? "" : ` (${metric.measure})`}`;
    const before = past[place + 1]?.summary ?? null;
    const comparison = `${base}/compare?side=${name}&side=${name}@${revision}`;
    return html`
      <tr data-href="${comparison}">
        <td>${date}</td>
        <td><a href="${comparison}" title="compare"><code>${revision}</code></a></td>
        <td>${winner === null ? "" : text(spreadOfMetric(winner, metric.name))}</td>
        <td>${winner === null ? "" : text(testSpreadOf(winner, testName(metric.name)))}</td>
        <td class="text">${winner === null ? "none" : pointName(winner.point)}</td>
        <td>${summary === null
          ? "cannot be read"
          : `${summary.counts.done + (summary.counts.stopped ?? 0)} of ${summary.counts.trials}`}</td>
        <td>${declarationText(summary, before)}</td>
        <td class="text">${subject}</td>
      </tr>
    `;
  });
  return html`
    <div class="scroll">
      <table>
        <caption>Each commit that changed the results, newest first. A row compares the results here with its own.</caption>
        <thead>
          <tr>${head.map((text) => html`<th scope="col">${unbroken(text)}</th>`)}</tr>
        </thead>
        <tbody>${rows}</tbody>
      </table>
    </div>
  `;
}

function declarationText(summary: Summary | null, before: Summary | null): string {
  if (summary === null || before === null) return "";
  if (summary.dataDigest !== before.dataDigest) return "other data";
  if (summary.numericsVersion !== before.numericsVersion) return "other arithmetic";
  return summary.experimentDigest === before.experimentDigest ? "as before" : "changed";
}
