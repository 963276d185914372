import { axisText } from "../summary/axis_text.ts";
import { confidenceInterval } from "../summary/confidence_interval.ts";
import { percent, roundedPercent } from "../summary/percent.ts";
import type { Spread, Summary } from "../summary/summary.ts";
import { type Html, html } from "./html.ts";
import { plainTable } from "./plain_table.ts";

/** Returns the section of the winner: its parameters and accuracies, or why there is none. */
export function winnerSection({ winner, counts, experiment }: Summary): Html {
  if (winner === null) {
    return html`
      <section id="winner" class="card">
        <h2>Winner</h2>
        <p>None yet: no point has all of its repeats done.</p>
      </section>
    `;
  }
  const parameters = Object.entries(winner.point);
  const test = winner.testAccuracy;
  return html`
    <section id="winner" class="card">
    <h2>${counts.pending > 0 ? "Leading so far" : "Winner"}</h2>
    <dl class="parameters">${parameters.length === 0
      ? html`
        <div>
          <dt>point</dt>
          <dd>the only one</dd>
        </div>
      `
      : parameters.map(([axis, value]) =>
        html`
          <div>
            <dt>${axis}</dt>
            <dd>${axisText(value)}</dd>
          </div>
        `
      )}</dl>
    <div class="measures">
    ${measure("validation accuracy", winner.validationAccuracy)}
    ${test === null
      ? html`<div class="measure"><span class="label">test accuracy</span><span class="note">${
        counts.pending > 0 ? "not opened while trials are pending" : "not opened yet"
      }</span></div>`
      : measure("test accuracy", test)}
    </div>
    ${repeatsTable(winner, experiment)}
    </section>
  `;
}

function measure(label: string, { mean, values }: Spread): Html {
  const halfWidth = confidenceInterval(values)?.halfWidth ?? null;
  const note = halfWidth === null
    ? "one repeat"
    : `± ${roundedPercent(halfWidth)} (95 %, ${values.length} repeats)`;
  return html`
    <div
      class="measure"><span class="label">${label}</span><strong>${percent(
        mean,
      )}</strong><span class="note">${note}</span></div>
  `;
}

function repeatsTable(
  { validationAccuracy, testAccuracy }: NonNullable<Summary["winner"]>,
  { repeats }: Summary["experiment"],
): Html | null {
  if (repeats === 1) return null;
  const row = (name: string, { values, standardDeviation }: Spread) => [
    name,
    ...values.map(percent),
    standardDeviation === null ? "" : roundedPercent(standardDeviation),
  ];
  return html`<div class="scroll">${
    plainTable({
      head: [
        "accuracy",
        ...validationAccuracy.values.map((_, repeat) => `repeat ${repeat}`),
        "std. deviation",
      ],
      rows: [
        row("validation", validationAccuracy),
        ...testAccuracy === null ? [] : [row("test", testAccuracy)],
      ],
    })
  }</div>`;
}
