import type { ServeOptions } from "../../../lib/engine/queue/worker/serve_queue.ts";
import { LOCK } from "../../setup/test_files.ts";
import type { RedisServer } from "./redis_server.ts";

/** A worker of the queue in a process of its own, which is killed when it is disposed of. */
export interface WorkerProcess extends AsyncDisposable {
  /** Settles when it takes trials. */
  readonly ready: Promise<unknown>;
  readonly kill: (signal: Deno.Signal) => void;
  /** Asks it to stop, and waits until it has. */
  readonly stop: () => Promise<void>;
}

/** How a worker process is to differ from an ordinary one. */
export type WorkerSettings =
  & { readonly name?: string }
  & Partial<Pick<ServeOptions, "versions" | "workers" | "graceMs" | "lockMs" | "pauseMs">>;

/** A lock that is short enough for a test to wait for its end. */
export const SHORT_LOCK_MS = 1000;

/** Starts a worker process that gives others up after a second. */
export function startWorkerProcess(
  { url }: Pick<RedisServer, "url">,
  { name = "elsewhere", ...options }: WorkerSettings = {},
): WorkerProcess {
  const program = new URL("./worker_program.ts", import.meta.url).pathname;
  const settings = JSON.stringify({ lockMs: SHORT_LOCK_MS, ...options });
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", LOCK, "--no-check", "--allow-all", program, url, name, settings],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let hasEnded = false;
  const ended = process.status.finally(() => hasEnded = true);
  const reader = process.stdout.getReader();
  const ready = reader.read();
  return {
    ready,
    kill: (signal) => process.kill(signal),
    async stop() {
      // Before that it would not hear it.
      await ready;
      process.kill("SIGTERM");
      const { code } = await ended;
      if (code !== 0) throw new Error(`Cannot stop a worker: it must end with 0, found ${code}`);
    },
    async [Symbol.asyncDispose]() {
      if (!hasEnded) process.kill("SIGKILL");
      await ended;
      await reader.cancel();
    },
  };
}

/** Starts two workers, `doomed` and `second`, and waits until both take trials. */
export async function startTwo(
  doomedServer: Pick<RedisServer, "url">,
  { second: secondServer = doomedServer, ...settings }: WorkerSettings & {
    readonly second?: Pick<RedisServer, "url">;
  } = {},
): Promise<{ readonly doomed: WorkerProcess; readonly second: WorkerProcess } & AsyncDisposable> {
  const doomed = startWorkerProcess(doomedServer, { ...settings, name: "doomed" });
  const second = startWorkerProcess(secondServer, { ...settings, name: "second" });
  await Promise.all([doomed.ready, second.ready]);
  return {
    doomed,
    second,
    async [Symbol.asyncDispose]() {
      await doomed[Symbol.asyncDispose]();
      await second[Symbol.asyncDispose]();
    },
  };
}
