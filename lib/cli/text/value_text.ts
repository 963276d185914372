import { axisText } from "../../report/summary/axis_text.ts";
import type { Summary } from "../../report/summary/summary.ts";
import { pointName } from "../../report/summary/trial_name.ts";
import { shortText } from "../terminal/text_width.ts";

const MOST_COLUMNS = 60;

/** Returns a value of an axis as a line of a terminal shows it; of a long text, its start and its end. */
export function valueText(value: Parameters<typeof axisText>[0]): string {
  return shortText(axisText(value), { columns: MOST_COLUMNS });
}

/** Returns a point as a line of a terminal shows it. */
export function shortPointName(point: Summary["points"][number]["point"]): string {
  return pointName(point, { valueText });
}
