import type { Trial } from "./trial.ts";

/** Returns the most epochs that a trial trains for. */
export function plannedEpochs({ solver }: Pick<Trial, "solver">): number {
  return solver.epochs;
}
