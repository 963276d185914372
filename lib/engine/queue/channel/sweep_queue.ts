import type { Redis } from "../redis/bullmq_packages.ts";
import { PREFIX, QUEUE } from "./run_keys.ts";

/** BullMQ's lists and sets of jobs, and its other keys of a queue. */
const LISTS = ["wait", "active", "paused"];
const SETS = ["delayed", "prioritized", "waiting-children"];
const OTHERS = [
  "meta",
  "id",
  "pc",
  "events",
  "marker",
  "stalled",
  "stalled-check",
  "completed",
  "failed",
  "limiter",
];

const SWEEP = `
local jobs = 0
for i = 1, ${LISTS.length} do jobs = jobs + redis.call("LLEN", KEYS[i]) end
for i = ${LISTS.length + 1}, ${LISTS.length + SETS.length} do jobs = jobs + redis.call("ZCARD", KEYS[i]) end
if jobs > 0 then return 0 end
for i = ${LISTS.length + SETS.length + 1}, #KEYS do redis.call("DEL", KEYS[i]) end
return 1`;

/** Removes BullMQ's keys of the queue if it has no job, in one step; BullMQ creates them again with the next job. */
export async function sweepQueue(client: Redis): Promise<void> {
  const keys = [...LISTS, ...SETS, ...OTHERS].map((name) => `${PREFIX}:${QUEUE}:${name}`);
  await client.eval(SWEEP, keys.length, ...keys);
}
