import type { Comparison, Verdict } from "./comparison.ts";
import { VERDICTS } from "./verdicts.ts";

/** Returns the verdicts of an experiment in one line, such as `28 the same, 2 worse`. */
export function verdictsText(
  comparison: Pick<Comparison, "problem" | "trials" | "ensemble" | "unchecked">,
): string {
  if (comparison.problem !== null) return VERDICTS[comparison.problem.verdict].title.toLowerCase();
  const { unchecked = [] } = comparison;
  if (unchecked.some(({ trials }) => trials === null)) return "not checked";
  const left = unchecked.reduce((sum, { trials }) => sum + trials!, 0);
  const counts = Map.groupBy(comparison.trials, ({ verdict }) => verdict);
  const texts = Object.entries(VERDICTS).flatMap(([verdict, { counted }]) => {
    const count = counts.get(verdict as Verdict)?.length ?? 0;
    return count === 0 ? [] : [`${count} ${counted}`];
  });
  const { ensemble } = comparison;
  if (ensemble !== undefined && ensemble.verdict !== "same") {
    texts.push(`the ensemble ${VERDICTS[ensemble.verdict].counted}`);
  }
  return [...texts, ...left === 0 ? [] : [`${left} not checked`]].join(", ") || "no trials";
}
