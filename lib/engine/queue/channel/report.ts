import type { Redis } from "ioredis";
import { decodeCheckpoint, encodeCheckpoint } from "../../checkpoint_bytes.ts";
import { type EngineEvent, isTrialEvent } from "../../engine.ts";
import { GIVEN_UP_S, type RunKeys } from "./queue_keys.ts";

/** What a worker tells whoever waits for a run. */
export interface Report extends Omit<EngineEvent, "worker" | "machine"> {
  /** Name of the worker: its machine and process. */
  readonly worker: string;
  /** Which of the worker's thread slots runs the trial, from 0. On the wire it is `seat`, its name in version 0.1.0. */
  readonly slot: number;
}

/** A report as it stands in the stream. */
export interface StreamedReport {
  /** Id of the stream's entry. */
  readonly id: string;
  /** Null for an entry that only keeps the stream in being. */
  readonly report: Report | null;
}

// One script, so that nothing of a run comes into being again once its submitter has taken it away. A checkpoint is sent
// once and kept twice: for the submitter's disk, and for the worker that may have to go on.
const SEND = `
if redis.call("EXISTS", KEYS[1]) == 0 then return -1 end
for i = 2, #ARGV, 3 do
  local entry = {"report", ARGV[i]}
  if ARGV[i + 1] ~= "" then table.insert(entry, "weights") table.insert(entry, ARGV[i + 1]) end
  if ARGV[i + 2] ~= "" then
    table.insert(entry, "checkpoint") table.insert(entry, ARGV[i + 2])
    redis.call("HSET", KEYS[3], ARGV[1], ARGV[i + 2])
    redis.call("EXPIRE", KEYS[3], ${GIVEN_UP_S})
  end
  redis.call("XADD", KEYS[1], "*", unpack(entry))
end
return tonumber(redis.call("HGET", KEYS[2], ARGV[1]) or "0")`;

/** Where reports go. */
export interface SendOptions {
  readonly client: Redis;
  readonly keys: RunKeys;
  /** Id of the trial of which they are. */
  readonly trial: string;
}

/**
 * Adds reports of a trial to its run's stream, in one step.
 *
 * @returns How many epochs apart the trial's checkpoints are wanted now, 0 for none; null if nobody waits for the run.
 */
export async function sendReports(
  reports: readonly Report[],
  { client, keys, trial }: SendOptions,
): Promise<number | null> {
  const args = reports.flatMap(({ weights, checkpoint, slot, ...rest }) => [
    JSON.stringify({ ...rest, seat: slot }),
    weights === undefined ? "" : Buffer.from(weights),
    checkpoint === undefined ? "" : Buffer.from(encodeCheckpoint(checkpoint, { trial })),
  ]);
  const wish = await client.eval(SEND, 3, keys.reports, keys.wishes, keys.checkpoints, trial, ...args);
  return Number(wish) < 0 ? null : Number(wish);
}

/** An entry of a stream as ioredis gives it: its id, then names and values in turn. */
type Entry = readonly [Uint8Array, readonly Uint8Array[]];

/**
 * Reads the reports behind an entry, in the order in which they came.
 *
 * @param waitMs How long to wait for the first; 0 for not at all.
 */
export async function readReports(
  client: Redis,
  { keys, after, waitMs }: { readonly keys: RunKeys; readonly after: string; readonly waitMs: number },
): Promise<readonly StreamedReport[]> {
  const found = waitMs === 0
    ? await client.xreadBuffer("COUNT", BATCH, "STREAMS", keys.reports, after)
    : await client.xreadBuffer("COUNT", BATCH, "BLOCK", waitMs, "STREAMS", keys.reports, after);
  const [[, entries] = [null, []]] = (found ?? []) as readonly (readonly [Uint8Array, readonly Entry[]])[];
  return entries.map(decodeEntry);
}

// Each may hold a net's weights.
const BATCH = 16;

function decodeEntry([id, fields]: Entry): StreamedReport {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const values: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
    Array.from({ length: fields.length / 2 }, (_, i) => [text(fields[2 * i]), fields[2 * i + 1]]),
  );
  if (values.report === undefined) return { id: text(id), report: null };
  const { seat: slot, ...report } = JSON.parse(text(values.report));
  const { weights, checkpoint } = values;
  return {
    id: text(id),
    report: {
      ...report,
      slot,
      ...weights === undefined ? {} : { weights: new Uint8Array(weights) },
      ...checkpoint === undefined || !isTrialEvent(report.event)
        ? {}
        : { checkpoint: decodeCheckpoint(checkpoint, { trial: report.event.trial }) ?? undefined },
    },
  };
}
