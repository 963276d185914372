import { escapeUnprintable } from "../../../core/text/unprintable.ts";
import type { Chart } from "./chart.ts";
import { CHART_CONFIG } from "./theme.ts";
import { compile, vega } from "./vega.ts";

/**
 * Draws a chart as an SVG document, the same bytes on every run.
 *
 * Coordinates are rounded to three decimals, far above where engines differ in their logarithms.
 */
export async function renderChart({ spec, id }: Chart): Promise<string> {
  const { spec: compiled } = compile(spec, { config: CHART_CONFIG, logger: silentLogger() });
  const view = new vega.View(vega.parse(spellTexts(compiled)), { renderer: "none", logLevel: vega.Error });
  const svg = await view.toSVG();
  view.finalize();
  // XML has no controls at all.
  return `${escapeUnprintable(tidyTags(svg, { id }), { allowed: "\n\t" })}\n`;
}

/**
 * Vega reads titles and lists of values as expressions. There a quoted word that JavaScript has itself, such as "if" or
 * "toString", is a name and no text. Spelled letter by letter it is a text again.
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
const COUNTED_ID = /(\bid="|url\(#|href="#)([a-z]+_?\d+)/gi;
const PLACE = /\b(d|transform|offset|x|y|x1|x2|y1|y2|width|height)="([^"]*)"/g;
const NUMBER = /-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g;
const DECIMALS = 3;

/**
 * Leaves out of every tag what no reader needs, rounds what Vega leaves unrounded, and makes ids the chart's own: Vega
 * counts clips and gradients on from one document to the next, and several of them may stand in one page.
 */
function tidyTags(svg: string, { id }: Pick<Chart, "id">): string {
  const ids = new Map<string, string>();
  const ownId = (counted: string) => {
    const own = ids.get(counted) ?? `${id}_${ids.size + 1}`;
    ids.set(counted, own);
    return own;
  };
  return svg.replace(/<path class="(?:background|foreground)" aria-hidden="true" d=""[^<>]*\/>/g, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) =>
      tag.replace(NEEDLESS, "")
        .replace(COUNTED_ID, (_, before, counted) => before + ownId(counted))
        .replace(PLACE, (_, name, value: string) => `${name}="${value.replace(NUMBER, rounded)}"`));
}

function rounded(number: string): string {
  return String(Number(Number(number).toFixed(DECIMALS)));
}

// A warning of Vega-Lite's is about a spec of ours, which the tests have seen drawn.
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
