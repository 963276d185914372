import { canonicalJson } from "../../core/numbers/digest.ts";
import type { Point } from "../trial/trial.ts";

/** Writes a point as `axis=value` pairs, for messages. */
export function pointText(point: Point): string {
  const pairs = Object.entries(point).map(([axis, value]) => `${axis}=${canonicalJson(value)}`);
  return pairs.length === 0 ? "(no axes)" : pairs.join(" ");
}
