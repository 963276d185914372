import { InputError } from "../../core/check/errors.ts";
import type { AxisFilter } from "../../runner/plan/choose_trials.ts";
import type { Shard } from "../../runner/plan/parse_shard.ts";
import type { RedisAddress } from "../../runner/queue/redis_address.ts";
import type { CommandLine } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { minutesSignal } from "../args/minutes_signal.ts";
import { readQueue } from "../args/queue_flags.ts";
import { readTraining, type TrainingSettings } from "../args/training_settings.ts";

/** What the flags of `run` say. */
export interface RunSettings extends TrainingSettings {
  readonly only: readonly AxisFilter[];
  readonly shard?: Shard;
  readonly fresh: boolean;
  readonly salvage: boolean;
  readonly maxTrials?: number;
  readonly noNewTrials?: AbortSignal;
  readonly maxFailures?: number;
  readonly checkpointEvery?: number;
  readonly retries?: number;
  readonly trialTimeoutMs?: number;
  readonly redis?: RedisAddress;
}

/**
 * Reads the flags of `run`.
 *
 * @throws {InputError} If one of them is wrong, or cannot be combined with another.
 */
export function readRunSettings(line: CommandLine): RunSettings {
  const timeoutSeconds = line.get(FLAGS.trialTimeout);
  return {
    ...readTraining(line),
    only: line.get(FLAGS.only).map(([axis, value]) => ({ axis, value })),
    shard: readShard(line),
    fresh: line.get(FLAGS.fresh),
    salvage: readSalvage(line),
    maxTrials: line.get(FLAGS.maxTrials),
    noNewTrials: readMinutes(line),
    maxFailures: line.get(FLAGS.maxFailures),
    checkpointEvery: line.get(FLAGS.checkpointEvery),
    retries: line.get(FLAGS.retries),
    trialTimeoutMs: timeoutSeconds === undefined ? undefined : 1000 * timeoutSeconds,
    redis: readQueue(line),
  };
}

function readMinutes(line: CommandLine): AbortSignal | undefined {
  const minutes = line.get(FLAGS.maxRunMinutes);
  if (minutes === undefined) return undefined;
  if (line.has(FLAGS.engine) && line.get(FLAGS.engine) === "bullmq") {
    throw new InputError(
      "Cannot use --max-minutes: workers elsewhere take trials from a queue, found --engine bullmq; --max-trials limits a run",
    );
  }
  return minutesSignal(minutes);
}

function readSalvage(line: CommandLine): boolean {
  const salvage = line.get(FLAGS.salvage);
  if (salvage && line.get(FLAGS.fresh)) {
    throw new InputError("Cannot use --salvage: it keeps what --fresh leaves behind, found both");
  }
  return salvage;
}

function readShard(line: CommandLine): Shard | undefined {
  const isElsewhere = line.has(FLAGS.results) || !line.has(FLAGS.shard);
  if (isElsewhere) return line.get(FLAGS.shard);
  throw new InputError(
    "Cannot use --shard: a part of the results must not take the place of the whole, --results DIR must name " +
      "another folder",
  );
}
