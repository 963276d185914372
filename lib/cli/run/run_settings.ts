import { InputError } from "../../core/check/errors.ts";
import { KERNEL_KINDS, type KernelKind } from "../../core/facts/kernel_kind.ts";
import type { AxisFilter } from "../../runner/plan/choose_trials.ts";
import { parseShard, type Shard } from "../../runner/plan/shard.ts";
import type { RedisPlace } from "../../runner/queue/redis_place.ts";
import type { CommandLine } from "../args/command.ts";
import { readChoice, readCount, readPairs, resultsDir } from "../args/experiment_flags.ts";
import { readQueue } from "../args/queue_flags.ts";

/** What the flags of `run` say. */
export interface RunSettings {
  readonly workers: number;
  readonly resultsDir: string;
  readonly dataDir?: string;
  readonly only: readonly AxisFilter[];
  readonly shard?: Shard;
  readonly fresh: boolean;
  readonly salvage: boolean;
  readonly maxFailures?: number;
  readonly checkpointEvery?: number;
  readonly retries?: number;
  readonly trialTimeoutMs?: number;
  readonly kernels?: KernelKind;
  readonly redis?: RedisPlace;
}

/**
 * Reads the flags of `run`.
 *
 * @throws {InputError} If one of them is wrong, or stands where it is of no use.
 */
export function readSettings(line: CommandLine): RunSettings {
  const timeoutSeconds = readCount(line, "trial-timeout");
  return {
    workers: readCount(line, "workers") ?? navigator.hardwareConcurrency,
    resultsDir: resultsDir(line),
    dataDir: line.value("data"),
    only: readPairs(line, "only").map(([axis, value]) => ({ axis, value })),
    shard: readShard(line),
    fresh: line.has("fresh"),
    salvage: readSalvage(line),
    maxFailures: readCount(line, "max-failures"),
    checkpointEvery: readCount(line, "checkpoint-every"),
    retries: readCount(line, "retries", { min: 0 }),
    trialTimeoutMs: timeoutSeconds === undefined ? undefined : 1000 * timeoutSeconds,
    kernels: readChoice(line, "kernels", KERNEL_KINDS),
    redis: readQueue(line),
  };
}

function readSalvage(line: CommandLine): boolean {
  if (line.has("salvage") && line.has("fresh")) {
    throw new InputError("Cannot use --salvage: it keeps what --fresh leaves behind, found both");
  }
  return line.has("salvage");
}

function readShard(line: CommandLine): Shard | undefined {
  const text = line.value("shard");
  if (text === undefined) return undefined;
  if (line.value("results") !== undefined) return parseShard(text);
  throw new InputError(
    "Cannot use --shard: a part of the results must not take the place of the whole, found no --results DIR",
  );
}
