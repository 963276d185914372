import type { Inspection } from "../../experiment/trial/inspection.ts";
import type { DrawnCharts } from "../charts/draw_charts.ts";
import type { Chart } from "../charts/drawing/chart.ts";
import { pictureSheet } from "../story/picture.ts";
import type { Story } from "../story/story.ts";

/** The pictures next to `report.md`, by name: SVG as text, PNG as bytes. */
export type FigureFiles = ReadonlyMap<string, string | Uint8Array>;

/** The first-layer weights. */
export const FILTERS_FIGURE = "figure_first_layer.png";
/** The worst mistakes. */
export const MISTAKES_FIGURE = "figure_mistakes.png";

const COLUMNS = 10;

/** Returns the name of the file that holds a chart. */
export function figureName({ id }: Pick<Chart, "id">): string {
  return `figure_${id}.svg`;
}

/** Returns the pictures next to `report.md`. */
export function figureFiles(
  { inspection }: Story,
  { charts }: { readonly charts: DrawnCharts },
): FigureFiles {
  const drawn = Object.values(charts).flat();
  return new Map<string, string | Uint8Array>([
    ...drawn.map((chart) => [figureName(chart), chart.svg] as const),
    ...inspection === null ? [] : inspectionFigures(inspection),
  ]);
}

function inspectionFigures(
  { image, mistakes, filters }: Inspection,
): readonly (readonly [string, Uint8Array])[] {
  if (image === null) return [];
  const pictures = mistakes.map(({ picture }) => picture!);
  return [
    ...pictures.length === 0
      ? []
      : [[MISTAKES_FIGURE, pictureSheet(pictures, { image, columns: COLUMNS })] as const],
    ...filters.length === 0
      ? []
      : [[FILTERS_FIGURE, pictureSheet(filters, { image, columns: COLUMNS })] as const],
  ];
}
