import type { DrawnChart } from "../charts/draw_charts.ts";
import { COLOURS } from "../charts/drawing/theme.ts";
import { type Html, html, trustedHtml } from "./html.ts";
import { plainTable } from "./plain_table.ts";

/**
 * Returns a chart as a figure: heading, picture in the page's colours, caption, and its numbers in a collapsed table.
 */
export function chartFigure({ id, title, caption, svg, table }: DrawnChart): Html {
  return html`
    <figure class="chart" id="chart_${id}">
      <h3>${title}</h3>
      <div class="picture" tabindex="0" role="group"
        aria-label="${title}; the numbers follow as a table">${trustedHtml(inlineSvg(svg))}</div>
      <figcaption>${caption}</figcaption>
      <details>
        <summary>Numbers: ${title}</summary>
        <div class="scroll">${plainTable(table)}</div>
      </details>
    </figure>
  `;
}

const COLOUR_NAMES = new Map<string, string>(Object.entries(COLOURS).map(([name, colour]) => [colour, name]));

/** Adapts an SVG document to a page: it may shrink, and the palette's colours follow light and dark mode. */
function inlineSvg(svg: string): string {
  return svg.trim()
    .replace(/^<svg xmlns="[^"]*"/, '<svg aria-hidden="true" focusable="false"')
    .replace(/<[a-z][^<>]*>/gi, (tag) =>
      tag.replace(/="(#[0-9a-f]{6})"/g, (attribute, colour) => {
        const name = COLOUR_NAMES.get(colour);
        return name === undefined ? attribute : `="var(--${name})"`;
      }));
}
