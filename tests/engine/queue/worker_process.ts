import type { ServeOptions } from "../../../lib/engine/queue/serve_queue.ts";
import type { RedisServer } from "./redis_server.ts";

/** A worker of the queue in a process of its own, which is killed when it is disposed of. */
export interface WorkerProcess extends AsyncDisposable {
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
    args: ["run", "--no-check", "--allow-all", program, url, name, settings],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let hasEnded = false;
  const ended = process.status.finally(() => hasEnded = true);
  // Before it has said something it would not hear that it is asked to stop.
  const reader = process.stdout.getReader();
  const hasSpoken = reader.read();
  return {
    kill: (signal) => process.kill(signal),
    async stop() {
      await hasSpoken;
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
