import type { Checkpoint, TrialStep } from "../../experiment/trial/run_trial.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { EngineSetting } from "../engine_setting.ts";
import { beats, createSigns, endTrial, setCheckpointInterval } from "./signs.ts";
import type { FromWorker, ToWorker } from "./worker_message.ts";

/** The engine's side of a worker that runs one trial at a time; `trial_worker.ts` is the worker's side. */
export interface TrialThread {
  /** Runs a trial to its end and returns null, or why the worker was lost; it cannot be used after that. */
  readonly run: (attempt: Attempt) => Promise<Loss | null>;
  /** Ends the worker and drops its running trial. */
  readonly end: () => void;
}

/** A trial, and how to run it. */
export interface Attempt {
  readonly trial: Trial;
  readonly checkpoint: Checkpoint | null;
  /** Called at the start and after each epoch. */
  readonly checkpointEvery: () => number;
  readonly onStep: (step: TrialStep) => void;
  /** The longest time without a heartbeat of the worker. */
  readonly maxSilenceMs: number;
  /** How long the trial may run. */
  readonly timeoutMs: number;
}

/** Why a worker was lost. */
export interface Loss {
  readonly reason: string;
  /** Whether another worker may succeed. */
  readonly isWorthRetrying: boolean;
}

// Silence is measured in several checks, so that one long pause, such as a machine's sleep, does not count as
// silence.
const CHECKS = 6;
// A longer timer would fire at once; 25 days are practically no limit.
const MAX_TIMER_MS = 0x7fffffff;

/** Makes the thread of a new worker. */
export function createTrialThread(
  worker: Worker,
  { setting }: { readonly setting: EngineSetting },
): TrialThread {
  const signs = createSigns();
  const post = (message: ToWorker) => worker.postMessage(message);
  let lost: Loss | null = null;
  let settle: (loss: Loss | null) => void = () => {};
  const lose = (reason: string, isWorthRetrying: boolean) => {
    lost ??= { reason, isWorthRetrying };
    settle(lost);
  };
  worker.onerror = (event) => {
    // Without this the error would end the whole process.
    event.preventDefault();
    lose(`its worker broke down, ${event.message}`, true);
  };
  post({ type: "setting", setting, signs });
  return {
    async run({ trial, checkpoint, checkpointEvery, onStep, maxSilenceMs, timeoutMs }) {
      if (lost !== null) return lost;
      worker.onmessage = ({ data: step }: MessageEvent<FromWorker>) => {
        onStep(step);
        if (step.event.type === "epoch") setCheckpointInterval(signs, checkpointEvery());
        else settle(null);
      };
      setCheckpointInterval(signs, checkpointEvery());
      const stopWatching = watch(() => beats(signs), {
        maxSilenceMs,
        onSilence: () => lose(`its worker gave no sign of life for ${seconds(maxSilenceMs)}`, true),
      });
      const onTimeout = () => lose(`it ran for more than ${seconds(timeoutMs)}`, false);
      const timer = timeoutMs <= MAX_TIMER_MS ? setTimeout(onTimeout, timeoutMs) : undefined;
      try {
        return await new Promise<Loss | null>((resolve) => {
          settle = resolve;
          post({ type: "trial", trial, checkpoint });
        });
      } finally {
        clearTimeout(timer);
        stopWatching();
      }
    },
    end() {
      worker.onmessage = null;
      // Deno does not stop a worker that computes, which would take memory and a core until the process ends.
      endTrial(signs);
      worker.terminate();
      lose("its worker was ended", false);
    },
  };
}

interface Watch {
  readonly maxSilenceMs: number;
  readonly onSilence: () => void;
}

/** Polls a number, calls `onSilence` when it has not changed for too long, and returns a function that stops. */
function watch(read: () => number, { maxSilenceMs, onSilence }: Watch): () => void {
  let seen = read();
  let silentChecks = 0;
  const timer = setInterval(() => {
    const found = read();
    silentChecks = found === seen ? silentChecks + 1 : 0;
    seen = found;
    if (silentChecks >= CHECKS) onSilence();
  }, maxSilenceMs / CHECKS);
  return () => clearInterval(timer);
}

function seconds(timeMs: number): string {
  return `${timeMs / 1000} s`;
}
