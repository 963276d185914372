import type { EngineSetting } from "../engine_setting.ts";
import { mayUseMachineCode } from "./hold_machine_code.ts";
import { spawnSandboxed } from "./spawn_sandboxed.ts";
import type { ToWorker } from "./worker_message.ts";

/** Starts the worker of an index, with no permissions except those that its kernels need. */
export function spawnTrialWorker(index: number, { kernels }: Pick<EngineSetting, "kernels">): Worker {
  const worker = spawnSandboxed(new URL("./trial_worker.ts", import.meta.url), {
    name: `trial worker ${index}`,
    mayMap: mayUseMachineCode(kernels),
  });
  // A spare worker prepares its kernels while data load, and then revokes its permission.
  const message: ToWorker = { type: "kernels", kernels };
  worker.postMessage(message);
  return worker;
}
