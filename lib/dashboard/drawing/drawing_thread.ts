import { NO_PERMISSIONS } from "../../core/facts/no_permissions.ts";
import type { Fragments } from "../http/fragments.ts";
import type { DrawTask } from "./draw_task.ts";
import type { DrawingAnswer, DrawingRequest } from "./drawing_message.ts";
import { buffersOf } from "./packed_story.ts";

/** What draws for the pages. */
export type Drawing = Pick<DrawingThread, "draw">;

/** Options of {@link DrawingThread}. */
export interface DrawingThreadOptions {
  /** Starts the worker. Default: the worker that draws, without permissions. */
  readonly spawn?: () => Worker;
}

/** A thread that draws, so that the dashboard answers meanwhile; it stays, and another replaces one that fails. */
export class DrawingThread implements Disposable {
  readonly #spawn: () => Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<Fragments>>();
  #worker: Worker | null = null;
  #requests = 0;
  #isEnded = false;

  constructor({ spawn = spawnDrawingWorker }: DrawingThreadOptions = {}) {
    this.#spawn = spawn;
  }

  /** Starts the thread if there is none: loading what draws takes it a second. */
  warm(): void {
    if (!this.#isEnded) this.#worker ??= this.#start();
  }

  /**
   * Draws a task after those before it; the buffers of a story are moved to the thread.
   *
   * @throws {Error} If it cannot be drawn, or the thread fails or ends.
   */
  async draw(task: DrawTask): Promise<Fragments> {
    this.warm();
    if (this.#worker === null) throw new Error("the dashboard has ended");
    const id = this.#requests++;
    const request: DrawingRequest = { id, task };
    this.#worker.postMessage(request, task.type === "story" ? [...buffersOf(task.story)] : []);
    const drawn = Promise.withResolvers<Fragments>();
    this.#waiting.set(id, drawn);
    return await drawn.promise;
  }

  /** Ends the thread. */
  [Symbol.dispose](): void {
    this.#isEnded = true;
    this.#stop("the dashboard has ended");
  }

  #start(): Worker {
    const worker = this.#spawn();
    worker.onmessage = ({ data }: MessageEvent<DrawingAnswer>) => {
      const drawn = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("fragments" in data) drawn?.resolve(data.fragments);
      else drawn?.reject(new Error(data.problem));
    };
    worker.onerror = (event) => {
      // Without this the error would end the dashboard.
      event.preventDefault();
      this.#stop(`the thread that draws failed: ${event.message}`);
    };
    return worker;
  }

  /** Ends the worker and fails what it has not drawn; the next task starts another. */
  #stop(reason: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new Error(reason));
  }
}

function spawnDrawingWorker(): Worker {
  return new Worker(new URL("./drawing_worker.ts", import.meta.url), {
    type: "module",
    name: "drawing",
    deno: { permissions: NO_PERMISSIONS },
  });
}
