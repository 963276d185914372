import type { Config } from "./vega.ts";

/**
 * The colours of charts, from the palette of Okabe and Ito, which colour-blind readers can tell apart.
 *
 * In a page each of them gives way to the CSS variable of its name, so that charts follow light and dark; no scheme of
 * Vega's has one of these.
 */
export const COLOURS = {
  surface: "#fefefe",
  ink: "#1b1f25",
  muted: "#57606b",
  grid: "#d0d7df",
  faint: "#8c959d",
  accent: "#0072b2",
  warn: "#d55e01",
} as const;

/** The scheme of accuracies: dark blue to yellow, even in lightness and safe for colour-blind readers. */
export const SCHEME = "cividis";

/** How wide a chart is. */
export const CHART_WIDTH = 560;

/** What all charts have in common. */
export const CHART_CONFIG: Config = {
  background: COLOURS.surface,
  font: "system-ui, sans-serif",
  view: { stroke: null },
  axis: {
    labelColor: COLOURS.muted,
    titleColor: COLOURS.ink,
    titleFontWeight: "normal",
    titlePadding: 8,
    labelFontSize: 12,
    titleFontSize: 13,
    labelLimit: 160,
    titleLimit: 400,
    gridColor: COLOURS.grid,
    domainColor: COLOURS.muted,
    tickColor: COLOURS.muted,
  },
  legend: {
    labelColor: COLOURS.muted,
    titleColor: COLOURS.ink,
    titleFontWeight: "normal",
    labelFontSize: 12,
    titleFontSize: 12,
    labelLimit: 240,
    titleLimit: 240,
  },
};
