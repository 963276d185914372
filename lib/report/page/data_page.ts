import { counted } from "../../core/text/counted.ts";
import type { ColumnProfile, TableProfile } from "../../data/profile/table_profile.ts";
import { type Html, html } from "./html.ts";
import { htmlDocument } from "./html_document.ts";
import style from "./page.css" with { type: "text" };
import { PAGE_SCRIPT } from "./page_script.ts";
import { plainTable } from "./plain_table.ts";

/** A profile, and what it is of. */
export interface ProfiledData {
  /** Its name, such as that of a file or an experiment. */
  readonly title: string;
  readonly profile: TableProfile;
}

/** Returns profiles of data as one file that needs no other and no network. */
export function dataPage(profiled: readonly ProfiledData[]): string {
  const titles = profiled.map(({ title }) => title).join(", ");
  return htmlDocument({
    title: `${titles}: data`,
    script: PAGE_SCRIPT,
    style,
    body: html`
      <header>
        <p class="name">${titles}</p>
        <h1>What the data hold</h1>
      </header>
      <main>${profiled.map(sectionsOf)}</main>
    `,
  });
}

function sectionsOf({ title, profile }: ProfiledData): Html {
  const { warnings, columns, classes } = profile;
  return html`
    <section>
      <h2>${title}</h2>
      <p>${factsText(profile)}.</p>
    </section>
    ${warnings.length === 0 ? null : html`
      <section id="warnings" class="card">
        <h2>What is suspicious</h2>
        <ul>${warnings.map(({ where, message }) =>
          html`<li><strong>${where}</strong>: ${message}.</li>`
        )}</ul>
      </section>
    `}
    ${columns.length === 0 ? null : html`
      <section>
        <h2>Columns</h2>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">column</th>
                <th scope="col">kind</th>
                <th scope="col">missing</th>
                <th scope="col">distinct</th>
                <th scope="col">range</th>
                <th scope="col">rows</th>
              </tr>
            </thead>
            <tbody>${columns.map(rowOf)}</tbody>
          </table>
        </div>
      </section>
    `}
    ${classes === null ? null : html`
      <section>
        <h2>Classes</h2>
        <div class="scroll">${plainTable({
          head: ["class", "training", "validation", "test"],
          rows: classes.map((
            { name, train, validation, test },
          ) => [name, ...[train, validation, test].map(String)]),
        })}</div>
      </section>
    `}
  `;
}

/** Returns the size of a table, and how it was read, in one sentence without its full stop. */
export function factsText(
  { files, rows, dropped, findings, columns, folds, inputDim }: TableProfile,
): string {
  const used = columns.filter(({ kind }) => kind !== "not used").length;
  return [
    `${files.length === 1 ? files[0] : `${files[0]} and ${files.length - 1} more`}: ${counted(rows, "row")}`,
    ...columns.length === 0 ? [] : [`${used} of ${columns.length} columns`],
    ...inputDim === null ? [] : [counted(inputDim, "feature")],
    ...dropped === 0 ? [] : [`${counted(dropped, "row")} left out`],
    ...folds === null ? [] : [`${folds} folds of the training and validation rows`],
    ...findings,
  ].join(", ");
}

function rowOf(column: ColumnProfile): Html {
  const { name, kind, missing, distinct, range, histogram } = column;
  return html`
    <tr>
      <th scope="row" class="text">${name}</th>
      <td>${kind}</td>
      <td>${missing ?? ""}</td>
      <td>${distinct ?? ""}</td>
      <td class="text">${range}</td>
      <td>${bars(histogram)}</td>
    </tr>
  `;
}

const [BAR, HEIGHT] = [7, 24];

/** Returns the rows of each part of a range as bars. */
function bars(histogram: readonly number[]): Html | null {
  if (histogram.length === 0) return null;
  const most = histogram.reduce((high, count) => Math.max(high, count));
  const width = histogram.length * BAR;
  return html`
    <svg width="${width}" height="${HEIGHT}" role="img" aria-label="${histogram.join(", ")} rows">${histogram
      .map((count, index) => {
        const height = most === 0 ? 0 : Math.round(count / most * HEIGHT);
        return html`<rect x="${index * BAR}" y="${HEIGHT - height}" width="${
          BAR - 1
        }" height="${height}" fill="currentColor"></rect>`;
      })}</svg>
  `;
}
