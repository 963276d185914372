/// <reference lib="deno.worker" />
import { messageOf } from "../../core/check/message_of.ts";
import { drawTask } from "./draw_task.ts";
import type { DrawingAnswer, DrawingRequest } from "./drawing_message.ts";

/** The thread that draws one task after the other, without any permission; `drawing_thread.ts` is the other side. */
let last = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<DrawingRequest>) => {
  last = last.then(async () => self.postMessage(await answerTo(data)));
};

async function answerTo({ id, task }: DrawingRequest): Promise<DrawingAnswer> {
  try {
    return { id, fragments: await drawTask(task) };
  } catch (error) {
    return { id, problem: messageOf(error) };
  }
}
