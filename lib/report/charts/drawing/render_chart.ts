import { escapeUnprintable } from "../../../core/text/unprintable.ts";
import type { Chart } from "./chart.ts";
import { CHART_CONFIG } from "./theme.ts";
import { compile, vega } from "./vega.ts";

/**
 * Draws a chart as an SVG document, the same bytes on every run.
 *
 * Coordinates are rounded to three decimals, which hides the engines' differences in logarithms.
 */
export async function renderChart(chart: Chart): Promise<string> {
  const { spec } = chart;
  const { spec: compiled } = compile(spec, { config: CHART_CONFIG, logger: silentLogger() });
  const view = new vega.View(vega.parse(spellTexts(compiled)), { renderer: "none", logLevel: vega.Error });
  const svg = await view.toSVG();
  view.finalize();
  // XML does not allow control characters.
  return `${escapeUnprintable(tidyTags(svg, chart), { allowed: "\n\t" })}\n`;
}

/**
 * Vega parses titles and lists of values as expressions. In these, a quoted word of JavaScript, such as "if" or
 * "toString", is read as a name. Escaping its letters makes it a text again.
 */
function spellTexts<T>(part: T): T {
  if (Array.isArray(part)) return part.map(spellText) as T;
  if (typeof part !== "object" || part === null) return part;
  const fields = Object.entries(part).map(([name, field]) => {
    if (name === "data" || name === "encode") return [name, field];
    return [name, name === "title" ? spellText(field) : spellTexts(field)];
  });
  return Object.fromEntries(fields);
}

function spellText(text: unknown): unknown {
  if (typeof text !== "string") return spellTexts(text);
  if (vega.parseExpression(JSON.stringify(text)).type === "Literal") return text;
  return { signal: [...text].map((letter) => JSON.stringify(letter)).join("+") };
}

const NEEDLESS = / (?:xmlns:xlink|aria-roledescription|pointer-events|stroke-miterlimit)="[^"]*"/g;
const NAMED_LINE = /^<path aria-label="(trial|point|axis)=([0-9a-z.-]+) /i;
const COUNTED_ID = /(\bid="|url\(#|href="#)([a-z]+_?\d+)/gi;
const PLACE = /\b(d|transform|offset|x|y|x1|x2|y1|y2|width|height)="([^"]*)"/g;
const NUMBER = /-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g;
const DECIMALS = 3;

/**
 * Removes unused attributes, rounds the remaining numbers, names lines by what they stand for, and makes ids unique to
 * the chart: Vega numbers clips and gradients across documents, and a page may have several.
 */
function tidyTags(svg: string, { id, lines }: Pick<Chart, "id" | "lines">): string {
  const ids = new Map<string, string>();
  const ownId = (counted: string) => {
    const own = ids.get(counted) ?? `${id}_${ids.size + 1}`;
    ids.set(counted, own);
    return own;
  };
  return svg.replace(/<path class="(?:background|foreground)" aria-hidden="true" d=""[^<>]*\/>/g, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) =>
      tag.replace(NEEDLESS, "")
        .replace(NAMED_LINE, (named, kind, key) =>
          lines === undefined ? named : `<path data-${kind}="${key}" aria-label="`)
        .replace(COUNTED_ID, (_, before, counted) =>
          before + ownId(counted))
        .replace(PLACE, (_, name, value: string) => `${name}="${value.replace(NUMBER, rounded)}"`));
}

function rounded(number: string): string {
  return String(Number(Number(number).toFixed(DECIMALS)));
}

// Vega-Lite warns only about our own specs, whose charts the tests check.
function silentLogger(): vega.LoggerInterface {
  const logger = {
    level: () => logger,
    error: () => logger,
    warn: () => logger,
    info: () => logger,
    debug: () => logger,
  };
  return logger as unknown as vega.LoggerInterface;
}
