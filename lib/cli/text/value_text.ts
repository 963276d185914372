import { axisText } from "../../report/summary/axis_text.ts";
import type { Summary } from "../../report/summary/summary.ts";
import { shortText } from "../terminal/text_width.ts";

const MOST_COLUMNS = 60;

/** Returns a value of an axis as a line of a terminal shows it; of a long text, its start and its end. */
export function valueText(value: Parameters<typeof axisText>[0]): string {
  return shortText(axisText(value), { columns: MOST_COLUMNS });
}

/** Returns a point as `axis=value` pairs, each of them short. */
export function shortPointText(point: Summary["points"][number]["point"]): string {
  return Object.entries(point).map(([axis, value]) => `${axis}=${valueText(value)}`).join(", ");
}
