import { join } from "node:path";
import { sha256Hex } from "../../core/numbers/digest.ts";
import type { Grid } from "../../experiment/declaration/grid.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { ifThere } from "../../files/if_there.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import { stableJson } from "../../report/files/stable_json.ts";
import type { Shard } from "./parse_shard.ts";
import type { Plan } from "./plan_run.ts";

/** The content of `shard.json`: shards with different digests do not belong to one run. */
export interface ShardRecord {
  readonly format: 1;
  readonly experiment: string;
  /** The experiment file as given by the user. */
  readonly file: string;
  readonly overrides: readonly string[];
  readonly shard: Shard;
  readonly experimentDigest: string;
  readonly dataDigest: string;
  readonly numericsVersion: number;
  /** SHA-256 of `deno.lock` in the working folder, or null if there is none. */
  readonly lockSha256: string | null;
  /** Ids of the shard's trials. */
  readonly trials: readonly string[];
}

/**
 * Returns the trials of a shard.
 *
 * Trials are assigned in turn in the order of their ids. Shards differ by at most one trial, and reordering or
 * renaming an axis moves no trial to another shard.
 */
export function shardTrials(
  trials: readonly Trial[],
  { grid, shard }: { readonly grid: Grid; readonly shard?: Shard },
): readonly Trial[] {
  if (shard === undefined) return trials;
  const ids = grid.trials.map(({ id }) => id).sort();
  const mine = new Set(ids.filter((_, rank) => rank % shard.count === shard.index - 1));
  return trials.filter(({ id }) => mine.has(id));
}

/** Writes `shard.json`, by which a merge identifies the shard. */
export async function writeShard(
  { loaded, header, folder }: Plan,
  { shard, trials }: { readonly shard: Shard; readonly trials: readonly Trial[] },
): Promise<void> {
  const record: ShardRecord = {
    format: 1,
    experiment: header.experiment,
    file: loaded.file,
    overrides: loaded.overrides,
    shard,
    experimentDigest: header.experimentDigest,
    dataDigest: header.dataDigest,
    numericsVersion: header.numericsVersion,
    lockSha256: await lockSha256(),
    trials: trials.map(({ id }) => id),
  };
  await writeFileWhole(join(folder, LOCAL.shard.name), stableJson(record));
}

async function lockSha256(): Promise<string | null> {
  const path = "deno.lock";
  const bytes = await ifThere({ action: "read", path }, () => Deno.readFile(path));
  return bytes === null ? null : sha256Hex(bytes);
}
