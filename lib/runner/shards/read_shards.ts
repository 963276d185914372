import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import {
  anything,
  checkFields,
  either,
  listOf,
  oneOf,
  type Rule,
  someText,
  wholeNumber,
} from "../../core/check/fields.ts";
import { messageOf } from "../../core/check/message_of.ts";
import { fileProblem, shownPath } from "../../files/file_problem.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import type { ComparisonProblem } from "../../report/compare/comparison.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import { type LoadedExperiment, loadExperiment, type LoadOptions } from "../plan/load_experiment.ts";
import type { Plan } from "../plan/plan_run.ts";
import type { ShardRecord } from "../plan/shard.ts";

/** A shard and its location. */
export interface FoundShard {
  readonly record: ShardRecord;
  /** The experiment's folder within the shard's folder of results. */
  readonly folder: string;
}

/**
 * Finds the shards in folders of results, by experiment and in the order of their indices.
 *
 * @throws {InputError} If a folder is missing, no folder has a shard, or a `shard.json` is damaged.
 */
export async function findShards(
  dirs: readonly string[],
): Promise<ReadonlyMap<string, readonly FoundShard[]>> {
  const shards: FoundShard[] = [];
  for (const dir of dirs) {
    for (const name of await folderNames(dir)) {
      const folder = join(dir, name);
      const record = await readRecord(join(folder, LOCAL.shard.name));
      if (record !== null) shards.push({ record, folder });
    }
  }
  // A folder without one belongs to a stopped shard; the merge reports its index as missing.
  if (shards.length === 0) {
    throw new InputError(
      `Cannot merge ${
        dirs.join(", ")
      }: it must be the --results DIR of a run with --shard, which has a shard.json below it`,
    );
  }
  shards.sort((left, right) => left.record.shard.index - right.record.shard.index);
  return Map.groupBy(shards, ({ record }) => record.experiment);
}

/** Loads the experiment of shards, with their overrides. */
export async function loadExperimentOfShards(
  [{ record: { file, overrides } }]: readonly FoundShard[],
  { isTrusted }: Pick<LoadOptions, "isTrusted">,
): Promise<LoadedExperiment> {
  const pairs = overrides.map((text) => {
    const equals = text.indexOf("=");
    return { path: text.slice(0, equals), value: text.slice(equals + 1) };
  });
  return await loadExperiment(file, { overrides: pairs, isTrusted });
}

const SAME = ["experimentDigest", "dataDigest", "numericsVersion", "lockSha256"] as const;

const NAMES: Readonly<Record<(typeof SAME)[number], string>> = {
  experimentDigest: "experiment",
  dataDigest: "data",
  numericsVersion: "numerics version",
  lockSha256: "deno.lock",
};

/** Returns why shards cannot be joined, or null if they are complete and of one run. */
export function checkShards(shards: readonly FoundShard[], { header }: Plan): ComparisonProblem | null {
  const [{ record: first, folder }] = shards;
  const { count } = first.shard;
  for (const { record, folder: other } of shards) {
    const field = SAME.find((name) => record[name] !== first[name]);
    if (field !== undefined || record.shard.count !== count) {
      const what = field === undefined ? "number of shards" : NAMES[field];
      const [one, two] = field === undefined ? [count, record.shard.count] : [first[field], record[field]];
      return incomplete(
        `all shards must be of one run, found another ${what} in ${other}: ${two}, and ${one} in ${folder}`,
      );
    }
  }
  const changed = (["experimentDigest", "dataDigest", "numericsVersion"] as const).find((name) =>
    first[name] !== header[name]
  );
  if (changed !== undefined) {
    return incomplete(
      `the shards must be of the experiment as it is now, found another ${NAMES[changed]} in them: ` +
        `${first[changed]}, and ${header[changed]} in ${first.file}`,
    );
  }
  const there = new Set(shards.map(({ record }) => record.shard.index));
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((index) => !there.has(index));
  if (missing.length === 0) return null;
  const names = missing.map((index) => `${index}/${count}`).join(", ");
  return incomplete(`all ${count} shards must be present, these are missing: ${names}`);
}

function incomplete(message: string): ComparisonProblem {
  return { verdict: "incomplete", message };
}

async function folderNames(dir: string): Promise<readonly string[]> {
  try {
    const names: string[] = [];
    for await (const { name, isDirectory } of Deno.readDir(dir)) if (isDirectory) names.push(name);
    return names.sort();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileProblem(error, { action: "read", path: dir });
    throw new InputError(`Cannot merge ${shownPath(dir)}: folder not found`);
  }
}

async function readRecord(path: string): Promise<ShardRecord | null> {
  const text = await readIfThere(path);
  if (text === null) return null;
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch (error) {
    const found = messageOf(error);
    throw new InputError(`Cannot read ${path}: it must be JSON, found ${found}`);
  }
  const place = { action: `read ${path}`, others: true };
  checkFields(record, { ...place, path: "", required: RECORD });
  const { shard } = record as ShardRecord;
  const part = wholeNumber({ min: 1 });
  checkFields(shard, { ...place, path: "shard", required: { index: part, count: part } });
  return record as ShardRecord;
}

const one: Rule = { expected: "1", accepts: (value) => value === 1 };

const RECORD: Readonly<Record<keyof ShardRecord, Rule>> = {
  format: one,
  experiment: someText,
  file: someText,
  overrides: listOf(someText),
  shard: anything,
  experimentDigest: someText,
  dataDigest: someText,
  numericsVersion: wholeNumber({ min: 1 }),
  lockSha256: either(someText, oneOf(null)),
  trials: listOf(someText),
};
