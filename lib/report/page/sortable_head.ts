import { type Html, html } from "./html.ts";

/** Returns the head of a table that is sorted by clicking a column's name. */
export function sortableHead(columns: readonly string[]): Html {
  return html`
    <thead>
      <tr>
        ${columns.map((column) =>
          html`<th scope="col" aria-sort="none"><button type="button">${unbroken(column)}</button></th>`
        )}
      </tr>
    </thead>
  `;
}

/** Returns the head of a column that no line ends within `± 95 %`. */
export function unbroken(column: string): string {
  return column.replaceAll(/(?<=±) | (?=%)/g, "\u00a0");
}
