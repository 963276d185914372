import { checkLossClasses, type LossClassesPlace } from "../../nn/training/loss/row_weights.ts";
import type { Trial } from "./trial.ts";

/**
 * Checks that the settings of a trial fit the number of classes of its data.
 *
 * @throws {InputError} If they do not.
 */
export function checkTrialClasses({ solver }: Pick<Trial, "solver">, place: LossClassesPlace): void {
  checkLossClasses(solver.loss, place);
}
