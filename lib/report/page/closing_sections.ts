import { cautions } from "../evidence/facts_text.ts";
import { equalPoints } from "../evidence/repeated_values.ts";
import { stableJson } from "../files/stable_json.ts";
import { reproduceCommand, reproduceRows } from "../story/reproduce.ts";
import { pointText } from "../summary/axis_text.ts";
import type { Summary } from "../summary/summary.ts";
import { lostTrials } from "../summary/trial_status.ts";
import { type Html, html } from "./html.ts";
import { plainTable } from "./plain_table.ts";

const MOST_LOSSES = 200;

/** Returns the section of warnings, lost trials and other things to know before the results; null if there are none. */
export function warningsSection(summary: Summary): Html | null {
  const { warnings = [] } = summary;
  const others = cautions(summary);
  if (warnings.length + others.length === 0) return null;
  return html`
    <section id="warnings" class="card">
      <h2>Before you read the results</h2>
      <ul>${warnings.map(({ where, message }) =>
        html`<li><strong>${where}</strong>: ${message}.</li>`
      )}${others.map((text) => html`<li>${text}.</li>`)}</ul>
    </section>
  `;
}

/** Returns the section of trials that failed or diverged, with reasons; null if there are none. */
export function lossesSection({ trials }: Summary): Html | null {
  const lost = lostTrials(trials);
  if (lost.length === 0) return null;
  const isFolded = lost.some(({ fold }) => fold !== undefined);
  const rows = lost.slice(0, MOST_LOSSES).map(({ trial, point, repeat, fold, status, reason }) => [
    trial,
    pointText(point),
    String(repeat),
    ...isFolded ? [String(fold ?? "")] : [],
    status,
    reason ?? "",
  ]);
  return html`
    <section id="losses"><h2>Failed and diverged trials</h2>
    ${lost.length > rows.length
      ? html`<p class="note">The first ${rows.length} of ${lost.length}; trials.csv has all.</p>`
      : null}
    <div class="scroll">${plainTable({
      head: ["trial", "point", "repeat", ...isFolded ? ["fold"] : [], "status", "reason"],
      rows,
    })}</div></section>
  `;
}

/** Returns the section of points that equal earlier ones; null if there are none. */
export function duplicatesSection({ duplicates }: Summary): Html | null {
  const same = equalPoints(duplicates);
  if (same.length === 0) return null;
  const rows = same.map(({ point, sameAs }) => [pointText(point), pointText(sameAs)]);
  return html`
    <section id="duplicates">
      <h2>Duplicate points</h2>
      <p class="note">These points gave a trial that an earlier point had given; it ran once.</p>
      <div class="scroll">${plainTable({ head: ["point", "same as"], rows })}</div>
    </section>
  `;
}

/** Returns the section with the command that reproduces every byte, and the versions that it depends on. */
export function reproduceSection(summary: Summary): Html {
  const { winner } = summary;
  return html`
    <section id="reproduce"><h2>Reproduce</h2>
    <pre><code>${reproduceCommand(summary)}</code></pre>
    <div class="scroll">${plainTable({ head: ["what", "value"], rows: reproduceRows(summary) })}</div>
    <p class="note">The same seed gives the same bits on any machine and with any number of workers: running it again leaves every
    committed file of this folder as it is.</p>
    ${winner === null ? null : html`
      <details>
        <summary>The winner's model and solver</summary>
        <pre><code>${stableJson({ model: winner.model, solver: winner.solver })}</code></pre>
      </details>
    `}</section>
  `;
}
