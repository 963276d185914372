import type { TextTable } from "../summary/text_table.ts";
import { type Html, html } from "./html.ts";
import { unbroken } from "./sortable_head.ts";

/** Numbers and names are shorter; a longer text may be wrapped. */
const LONG = 32;

/** Returns a table whose first column names its rows. */
export function plainTable({ head, rows }: TextTable): Html {
  return html`
    <table>
      <thead>
        <tr>${head.map((cell) => html`<th scope="col">${unbroken(cell)}</th>`)}</tr>
      </thead>
      <tbody>${rows.map(([name, ...cells]) =>
        html`
          <tr>${name.length > LONG
            ? html`<th scope="row" class="text">${name}</th>`
            : html`<th scope="row">${name}</th>`}${cells.map((cell) =>
              cell.length > LONG ? html`<td class="text">${cell}</td>` : html`<td>${cell}</td>`
            )}</tr>
        `
      )}</tbody>
    </table>
  `;
}
