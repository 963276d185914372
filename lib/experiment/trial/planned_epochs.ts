import type { Trial } from "./trial.ts";

/** Returns the most epochs that a run of a trial trains to. */
export function plannedEpochs(
  { solver, stopAfter = solver.epochs }: Pick<Trial, "solver" | "stopAfter">,
): number {
  return stopAfter;
}
