import type { TrialSetting } from "../experiment/run_trial.ts";
import type { Trial } from "../experiment/trial.ts";
import type { Engine, EngineEvent } from "./engine.ts";
import type { FromWorker, ToWorker } from "./worker_message.ts";

/** How many threads run trials. */
export interface WorkersOptions {
  /** At least 1. */
  readonly workers: number;
}

/** Makes the engine that runs trials on threads of their own, one trial a thread at a time, all on one data set. */
export function workersEngine({ workers }: WorkersOptions): Engine {
  return async function* (trials, { signal, ...setting }): AsyncGenerator<EngineEvent> {
    const mailbox = createMailbox<EngineEvent>();
    const waiting = trials.values();
    const count = Math.min(workers, trials.length);
    const threads = Array.from({ length: count }, (_, index) => {
      return runThread({ index, setting, waiting, tell: mailbox.put });
    });
    const stop = () => mailbox.close();
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    Promise.all(threads.map(({ finished }) => finished)).then(mailbox.close, mailbox.fail);
    try {
      yield* mailbox.messages();
    } finally {
      signal.removeEventListener("abort", stop);
      for (const { worker } of threads) worker.terminate();
    }
  };
}

interface Thread {
  readonly worker: Worker;
  /** Settles when no trial is left, or rejects when the thread is lost. */
  readonly finished: Promise<void>;
}

interface ThreadOptions {
  readonly index: number;
  readonly setting: TrialSetting;
  /** The trials that no thread has taken up; all threads draw from the one iterator. */
  readonly waiting: Iterator<Trial, undefined>;
  readonly tell: (event: EngineEvent) => void;
}

function runThread({ index, setting, waiting, tell }: ThreadOptions): Thread {
  const worker = new Worker(new URL("./trial_worker.ts", import.meta.url), {
    type: "module",
    name: `trial worker ${index}`,
    deno: { permissions: "none" },
  });
  const post = (message: ToWorker) => worker.postMessage(message);
  const finished = new Promise<void>((resolve, reject) => {
    const next = () => {
      const { value: trial } = waiting.next();
      if (trial === undefined) return resolve();
      tell({ event: { type: "started", trial: trial.id }, worker: index });
      post({ type: "trial", trial });
    };
    worker.onmessage = ({ data: message }: MessageEvent<FromWorker>) => {
      const weights = message.type === "end" ? message.weights : null;
      tell({ event: message.event, worker: index, ...(weights ? { weights } : {}) });
      if (message.type === "end") next();
    };
    worker.onerror = (event) => {
      // Without this the error would end the whole process.
      event.preventDefault();
      reject(new Error(`Cannot go on: worker ${index} broke down, ${event.message}`));
    };
    post({ type: "setting", setting });
    next();
  });
  return { worker, finished };
}

/** A queue between callbacks and an async iteration. */
interface Mailbox<T> {
  readonly put: (message: T) => void;
  /** Ends the iteration after what was put. */
  readonly close: () => void;
  /** Ends the iteration with an error after what was put. */
  readonly fail: (error: unknown) => void;
  messages(): AsyncGenerator<T>;
}

function createMailbox<T>(): Mailbox<T> {
  let messages: T[] = [];
  let ended: { readonly error?: unknown } | null = null;
  let wake = () => {};
  const end = (ending: { readonly error?: unknown }) => {
    ended ??= ending;
    wake();
  };
  return {
    put(message) {
      messages.push(message);
      wake();
    },
    close: () => end({}),
    fail: (error) => end({ error }),
    async *messages() {
      while (true) {
        const batch = messages;
        messages = [];
        yield* batch;
        if (messages.length > 0) continue;
        if (ended) {
          if ("error" in ended) throw ended.error;
          return;
        }
        await new Promise<void>((resolve) => wake = resolve);
      }
    },
  };
}
