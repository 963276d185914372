import { meanInterval } from "../../statistics/mean_interval.ts";
import { rowsText } from "../evidence/test_text.ts";
import { axisText } from "../summary/axis_text.ts";
import { percent, roundedPercent } from "../summary/percent.ts";
import { winnerRows } from "../summary/split_rows.ts";
import type { Spread, Summary } from "../summary/summary.ts";
import { type Html, html } from "./html.ts";
import { plainTable } from "./plain_table.ts";

/**
 * Returns the section of the answer: what the results say, what its author concludes, and the winner with its
 * accuracies.
 *
 * @param options.lead The answer in words.
 */
export function answerSection(summary: Summary, { lead }: { readonly lead: string }): Html {
  const { winner, counts, experiment: { conclusion } } = summary;
  return html`
    <section id="winner" class="card">
    <h2>${winner === null ? "Winner" : counts.pending > 0 ? "Leading among complete points" : "Answer"}</h2>
    <p class="answer">${lead}</p>
    ${conclusion === undefined
      ? null
      : html`<p class="conclusion"><span class="label">The author's conclusion</span> ${conclusion}</p>`}
    ${winner === null ? null : winnerFacts(summary, winner)}
    </section>
  `;
}

function winnerFacts(summary: Summary, winner: NonNullable<Summary["winner"]>): Html {
  const { counts, experiment } = summary;
  const parameters = Object.entries(winner.point);
  const test = winner.testAccuracy;
  return html`
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
    ${measure("validation accuracy", {
      spread: winner.validationAccuracy,
      rows: winnerRows(summary, "validation"),
    })}
    ${test === null
      ? html`<div class="measure"><span class="label">test accuracy</span><span class="note">${
        counts.pending > 0 ? "not opened while trials are pending" : "not opened yet"
      }</span></div>`
      : measure("test accuracy", { spread: test, rows: winnerRows(summary, "test") })}
    </div>
    ${repeatsTable(winner, experiment)}
  `;
}

interface Measured {
  readonly spread: Spread;
  readonly rows: number | null;
}

function measure(label: string, { spread, rows }: Measured): Html {
  const { mean, halfWidth, count } = meanInterval(spread.values)!;
  const repeats = count === 1 ? "one repeat" : `mean of ${count} repeats`;
  const note = halfWidth === null
    ? repeats
    : `± ${roundedPercent(halfWidth)} (95 % interval of the ${repeats})`;
  return html`
    <div class="measure">
      <span class="label">${label}</span><strong>${percent(mean)}</strong><span class="note">${note}</span>
      <span class="note">${rowsText(spread, rows)}</span>
    </div>
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
