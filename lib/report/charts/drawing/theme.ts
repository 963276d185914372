import type { Config } from "./vega.ts";

/**
 * The colours of charts, from the palette of Okabe and Ito, which colour-blind readers can distinguish.
 *
 * In a page, each is replaced by the CSS variable of its name, so that charts follow light and dark mode; no scheme
 * of Vega uses any of them.
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

/** The colours of lines that are told apart, from the palette of Okabe and Ito, ordered by contrast. */
export const LINE_COLOURS = [
  "#0173b2",
  "#d55e00",
  "#029e73",
  "#cc78bc",
  "#949494",
  "#de8f05",
  "#56b4e9",
  "#ca9161",
] as const;

/** The dashes of such lines. */
export const LINE_DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3]] as const;

/** The colour scheme of accuracies: dark blue to yellow, perceptually uniform and safe for colour-blind readers. */
export const SCHEME = "cividis";

/** Width of a chart in pixels. */
export const CHART_WIDTH = 400;

/** The config that all charts share. */
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
