import type { Checkpoint, TrialSetting, TrialStep } from "../../experiment/trial/run_trial.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { beats, createSigns, wantCheckpoints } from "./signs.ts";
import type { FromWorker, ToWorker } from "./worker_message.ts";

/** A worker that runs one trial at a time, as the engine sees it; `trial_worker.ts` is its other end. */
export interface TrialThread {
  /** Runs a trial to its end and returns null, or why the worker was lost, which is then of no more use. */
  readonly run: (attempt: Attempt) => Promise<Loss | null>;
  /** Ends the worker; a trial that runs on it is dropped. */
  readonly end: () => void;
}

/** A trial, and how to run it. */
export interface Attempt {
  readonly trial: Trial;
  readonly checkpoint: Checkpoint | null;
  /** Called at the start and after each epoch. */
  readonly checkpointEvery: () => number;
  readonly onStep: (step: TrialStep) => void;
  /** How long the worker may show no sign of life. */
  readonly maxSilenceMs: number;
  /** How long the trial may run. */
  readonly timeoutMs: number;
}

/** Why a worker was given up. */
export interface Loss {
  readonly reason: string;
  /** Whether another worker may succeed. */
  readonly isWorthRetrying: boolean;
}

// Silence is counted in several looks, so that a machine that wakes from sleep has not missed it all at once.
const LOOKS = 6;
// A timer that is set to more goes off at once; 25 days are as good as no limit.
const MAX_TIMER_MS = 0x7fffffff;

/** Makes a thread of a worker that was just started. */
export function createTrialThread(
  worker: Worker,
  { setting }: { readonly setting: TrialSetting },
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
        if (step.event.type === "epoch") wantCheckpoints(signs, checkpointEvery());
        else settle(null);
      };
      wantCheckpoints(signs, checkpointEvery());
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
function watch(look: () => number, { maxSilenceMs, onSilence }: Watch): () => void {
  let seen = look();
  let silentLooks = 0;
  const timer = setInterval(() => {
    const found = look();
    silentLooks = found === seen ? silentLooks + 1 : 0;
    seen = found;
    if (silentLooks >= LOOKS) onSilence();
  }, maxSilenceMs / LOOKS);
  return () => clearInterval(timer);
}

function seconds(timeMs: number): string {
  return `${timeMs / 1000} s`;
}
