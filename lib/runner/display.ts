/** What a command needs in order to show results; a command imports nothing below the runner itself. */
export type { Trial } from "../experiment/trial.ts";
export { axisText, pointText } from "../report/axis_text.ts";
export { percent, spreadText } from "../report/percent.ts";
export { rankPoints } from "../report/rank_points.ts";
export type { PointResult, Summary, Winner } from "../report/summary.ts";
