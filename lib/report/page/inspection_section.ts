import type { Inspection, TargetInspection } from "../../experiment/trial/inspection.ts";
import type { DrawnCharts } from "../charts/draw_charts.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { TestEvidence } from "../evidence/test_evidence.ts";
import { calibrationTable, calibrationText, classTable, optimismText } from "../evidence/test_text.ts";
import { inspectedText } from "../story/inspected_text.ts";
import { noConfusionText } from "../story/no_confusion_text.ts";
import { pictureSheet, pngUrl } from "../story/picture.ts";
import { targetTable } from "../story/target_table.ts";
import type { Story } from "../story/story.ts";
import { selectedMetric } from "../summary/metric.ts";
import { roundedPercent } from "../summary/percent.ts";
import { chartFigure } from "./chart_figure.ts";
import { type Html, html } from "./html.ts";
import { plainTable } from "./plain_table.ts";

const FILTER_COLUMNS = 10;

/**
 * Returns the section of the winner's predictions on the test split and of its first layer; null until these are
 * known.
 */
export function inspectionSection(
  { inspection, summary }: Story,
  { charts, evidence }: {
    readonly charts: DrawnCharts;
    readonly evidence: Pick<Evidence, "test" | "optimism">;
  },
): Html | null {
  if (inspection === null) return null;
  const { others, note } = inspectedText(inspection);
  return html`
    <section id="inspection">
    <h2>The winner on the test split</h2>
    <p class="note">Trial <code>${inspection
      .trial}</code>${others}, the winner's best repeat by ${selectedMetric(summary.experiment)
      .label}.${note}</p>
    ${paragraph(optimismText(evidence.optimism, summary))}
    ${inspection.targets === undefined
      ? classesPart(inspection, { charts, test: evidence.test })
      : targetsPart(inspection.targets, charts)}</section>
  `;
}

interface ClassesPart {
  readonly charts: DrawnCharts;
  readonly test: TestEvidence | null;
}

function classesPart(inspection: Inspection, { charts, test }: ClassesPart): Html {
  return html`${
    charts.tested.length === 0 ? html`<p>${noConfusionText(inspection)}</p>` : charts.tested.map(chartFigure)
  }${test === null ? null : measuresPart(test)}${mistakesFigure(inspection)}${filtersFigure(inspection)}`;
}

function targetsPart(targets: TargetInspection, charts: DrawnCharts): Html {
  return html`
    <h3>Each ${targets.kind === "numbers" ? "target" : "label"}</h3>
    <div class="scroll">${plainTable(targetTable(targets))}</div>
    ${charts.tested.map(chartFigure)}
  `;
}

function paragraph(text: string | null): Html | null {
  return text === null ? null : html`<p>${text}</p>`;
}

function measuresPart(test: TestEvidence): Html {
  const bins = calibrationTable(test);
  return html`
    ${test.classes.length === 0 ? null : html`
      <h3>Each class</h3>
      <div class="scroll">${plainTable(classTable(test))}</div>
    `}${paragraph(calibrationText(test))}${bins.rows.length === 0 ? null : html`
      <details>
        <summary>Calibration by probability</summary>
        <div class="scroll">${plainTable(bins)}</div>
      </details>
    `}
  `;
}

function mistakesFigure({ mistakes, classNames, image }: Inspection): Html {
  if (mistakes.length === 0) return html`<p>It makes no mistake on the test split.</p>`;
  const head = ["row", "true class", "predicted", "probability"];
  const rows = mistakes.map(({ row, label, predicted, probability }) => [
    String(row),
    classNames[label],
    classNames[predicted],
    roundedPercent(probability),
  ]);
  const intro = html`<h3>Its worst mistakes</h3>
<p class="note">Rows of the test split that it took for another class, the surest first.</p>`;
  if (image === null) return html`${intro}<div class="scroll">${plainTable({ head, rows })}</div>`;
  const items = mistakes.map(({ picture, row, label, predicted, probability }) => {
    const words = `row ${row}, ${classNames[label]} taken for ${classNames[predicted]}`;
    const url = pngUrl(pictureSheet([picture!], { image, columns: 1 }));
    return html`
      <li><img src="${url}" width="64" height="64" alt="${words}"><span>${classNames[
        label
      ]} taken for <strong>${classNames[predicted]}</strong>, ${roundedPercent(probability)}</span></li>
    `;
  });
  return html`${intro}<ul class="pictures">${items}</ul>`;
}

function filtersFigure({ filters, image }: Inspection): Html | null {
  if (filters.length === 0 || image === null) return null;
  const url = pngUrl(pictureSheet(filters, { image, columns: FILTER_COLUMNS }));
  const alt = `Weights of the first ${filters.length} units of the first layer as pictures`;
  return html`
    <figure class="chart">
      <h3>What the first layer looks for</h3>
      <img class="sheet" src="${url}" alt="${alt}">
      <figcaption>The weights of ${filters
        .length} units, each stretched from its lowest (dark) to its highest (bright).</figcaption>
    </figure>
  `;
}
