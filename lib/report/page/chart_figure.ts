import type { DrawnChart } from "../charts/draw_charts.ts";
import { COLOURS } from "../charts/drawing/theme.ts";
import { type Html, html, trustedHtml } from "./html.ts";
import { plainTable } from "./plain_table.ts";

/** Charts of at least this width fill the page, which may be narrower or wider; small ones keep their size. */
const FILLING_WIDTH = 400;
/** A wider chart would have unreadable texts on a phone, so that it is scrolled there. */
const SCROLLED_WIDTH = 600;

/**
 * Returns a chart as a figure: heading, picture in the page's colours, caption, and its numbers in a collapsed table.
 */
export function chartFigure({ id, title, caption, svg, table, metric, lines }: DrawnChart): Html {
  const width = Number(/^<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1] ?? 0);
  const size = width > SCROLLED_WIDTH ? " wide" : width >= FILLING_WIDTH ? " fills" : "";
  const keys = lines === undefined ? "" : "; the keys up and down go through the lines, Enter opens a trial";
  return html`
    <figure class="chart${size}" id="chart_${id}" data-metric="${metric?.label ?? ""}">
      <h3>${title}</h3>
      ${size === " wide" ? html`<p class="hint note">Scroll the chart sideways to see all of it.</p>` : null}
      <div class="picture" tabindex="0" role="group" data-lines="${lines ?? ""}"
        aria-label="${title}; the numbers follow as a table${keys}">${trustedHtml(inlineSvg(svg))}</div>
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
