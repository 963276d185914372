/// <reference lib="deno.worker" />
import { runTrial } from "../../experiment/trial/run_trial.ts";
import { type EngineSetting, settingOf } from "../engine_setting.ts";
import { forbidChance } from "./forbid_chance.ts";
import { holdMachineCode } from "./hold_machine_code.ts";
import { beat, checkpointInterval, isEnded, type Signs } from "./signs.ts";
import type { FromWorker, ToWorker } from "./worker_message.ts";

/** The thread that runs one trial at a time, without any permission; `trial_thread.ts` is the engine's side. */
let setting: EngineSetting;
let signs: Signs;

forbidChance("a trial");

self.onmessage = ({ data: message }: MessageEvent<ToWorker>) => {
  if (message.type === "kernels") holdMachineCode(message.kernels);
  else if (message.type === "setting") ({ setting, signs } = message);
  else run(message);
};

function run({ trial, checkpoint }: Extract<ToWorker, { readonly type: "trial" }>): void {
  const steps = runTrial(trial, {
    ...settingOf(trial, setting),
    checkpoint: checkpoint ?? undefined,
    checkpointEvery: () => checkpointInterval(signs),
    onBatch: () => {
      beat(signs);
      // The step that this makes is dropped below.
      if (isEnded(signs)) throw new Error("its thread is to end");
    },
  });
  for (const step of steps) {
    if (isEnded(signs)) return;
    post(step);
  }
}

function post(step: FromWorker): void {
  self.postMessage(step);
}
