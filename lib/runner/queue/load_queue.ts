/** Loads the queue's engine, whose packages Deno then fetches: a literal would have it do so before any queue is asked for. */
export async function loadQueue(): Promise<typeof import("../../engine/queue/bullmq.ts")> {
  const { href } = new URL("../../engine/queue/bullmq.ts", import.meta.url);
  return await import(href);
}
