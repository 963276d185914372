/**
 * Loads the queue's engine, whose packages Deno then fetches; with a literal path it would fetch them at every start.
 */
export async function loadQueue(): Promise<typeof import("../../engine/queue/bullmq.ts")> {
  const { href } = new URL("../../engine/queue/bullmq.ts", import.meta.url);
  return await import(href);
}
