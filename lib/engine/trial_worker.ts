/// <reference lib="deno.worker" />
import { runTrial, type TrialSetting } from "../experiment/run_trial.ts";
import type { Trial } from "../experiment/trial.ts";
import type { FromWorker, ToWorker } from "./worker_message.ts";

/** The thread that runs one trial at a time, without any permission; `workers.ts` is its other end. */
let setting: TrialSetting;

self.onmessage = ({ data: message }: MessageEvent<ToWorker>) => {
  if (message.type === "setting") setting = message.setting;
  else run(message.trial);
};

function run(trial: Trial): void {
  const events = runTrial(trial, setting);
  let step = events.next();
  while (!step.done) {
    const event = step.value;
    // An epoch is told before the next one runs; what ends the trial comes with the weights that follow it at once.
    if (event.type === "epoch") tell({ type: "event", event });
    step = events.next();
    if (step.done) tell({ type: "end", event, weights: step.value as Uint8Array<ArrayBuffer> | null });
  }
}

function tell(message: FromWorker): void {
  const transfer = message.type === "end" && message.weights ? [message.weights.buffer] : [];
  self.postMessage(message, transfer);
}
