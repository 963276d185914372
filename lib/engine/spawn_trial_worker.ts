import type { TrialSetting } from "../experiment/run_trial.ts";
import { mayUseMachineCode } from "./hold_machine_code.ts";
import { spawnSandboxed } from "./spawn_sandboxed.ts";

/** Starts the worker of an index, without permissions but what its kernels need. */
export function spawnTrialWorker(index: number, { kernels }: Pick<TrialSetting, "kernels">): Worker {
  return spawnSandboxed(new URL("./trial_worker.ts", import.meta.url), {
    name: `trial worker ${index}`,
    mayMap: mayUseMachineCode(kernels),
  });
}
