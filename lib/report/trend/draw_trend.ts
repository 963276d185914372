import { drawAll } from "../charts/draw_charts.ts";
import { trendChart } from "./trend_chart.ts";
import { trendPage } from "./trend_page.ts";
import type { Trend } from "./trend.ts";

/** A trend as files. */
export interface DrawnTrend {
  /** The chart, an SVG document. */
  readonly svg: string;
  /** An HTML document that needs no other file. */
  readonly page: string;
}

/** Draws a trend as a picture and as a page. */
export async function drawTrend(trend: Trend): Promise<DrawnTrend> {
  const [chart] = await drawAll([trendChart(trend)]);
  return { svg: chart.svg, page: trendPage(trend, { chart }) };
}
