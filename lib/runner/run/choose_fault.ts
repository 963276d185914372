import { InputError } from "../../core/check/errors.ts";
import type { Fault } from "../../experiment/trial/fault.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import type { Plan } from "../plan/plan_run.ts";

/**
 * Returns the fault of a run: before an epoch of the grid's first trial.
 *
 * @throws {InputError} If the run would not reach the epoch: without the fault, a check would pass.
 */
export function chooseFault(
  { grid: { trials: [first] }, loaded }: Plan,
  { faultEpoch, toRun }: { readonly faultEpoch?: number; readonly toRun: readonly Trial[] },
): Fault | undefined {
  if (faultEpoch === undefined) return undefined;
  const { epochs } = first.solver;
  if (faultEpoch > epochs) {
    fail(`it must be at most the ${epochs} epochs of ${firstTrialText(first, loaded)}`, faultEpoch);
  }
  if (!toRun.some(({ id }) => id === first.id)) {
    throw new InputError(
      `Cannot inject a fault: ${firstTrialText(first, loaded)} must run, but has a result or is left out`,
    );
  }
  return { trial: first.id, epoch: faultEpoch };
}

/**
 * Checks that a fault was injected.
 *
 * @throws {InputError} If its trial ended before that epoch.
 */
export function checkInjected(fault: Fault | undefined, log: TrialLog): void {
  if (fault === undefined || log.epoch(fault.trial, fault.epoch - 1) !== null) return;
  const end = log.end(fault.trial);
  const found = end !== null && "reason" in end ? `${end.type}: ${end.reason}` : "no end";
  fail(`trial ${fault.trial} must reach that epoch, found ${found}`, fault.epoch);
}

function firstTrialText({ id }: Trial, { experiment }: Plan["loaded"]): string {
  return `${id}, the first trial of ${experiment.name}`;
}

function fail(what: string, epoch: number): never {
  throw new InputError(`Cannot inject a fault before epoch ${epoch}: ${what}`);
}
