import { dirname, join, resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import type { StepTrace } from "../../experiment/trial/trace_epoch.ts";
import { cacheDir } from "../../files/cache_dir.ts";
import { exists } from "../../files/exists.ts";
import type { TrialComparison } from "../../report/compare/comparison.ts";

/** The first tensor that differs when an epoch is replayed on both sides. */
export interface Location {
  readonly epoch: number;
  /** 0 is before the epoch's first step. */
  readonly step: number;
  /** Such as `gradient of W2`; null if one side has no such step. */
  readonly tensor: string | null;
}

/** Options of {@link locateDifference}. */
export interface LocateOptions {
  readonly experiment: string;
  /** The folders of results; each is inside the project that made it. */
  readonly folders: readonly [string, string];
  /** Path or URL of the launcher for a project without its own Seedbed. */
  readonly launcher: string;
}

/**
 * Replays the first epoch whose weights differ, each side with its own code, and finds the first difference.
 *
 * @returns The location, or null if the replayed epochs are the same on both sides.
 * @throws {InputError} If a side has no code, or its program fails.
 */
export async function locateDifference(
  { baseline, current, parting }: TrialComparison,
  { experiment, folders, launcher }: LocateOptions,
): Promise<Location | null> {
  const epoch = Math.max(1, parting?.weightsEpoch ?? 1);
  const trace = (folder: string, trial = "") => runTrace(folder, { experiment, trial, epoch, launcher });
  const before = await trace(folders[0], baseline?.trial);
  const after = await trace(folders[1], current?.trial);
  const place = firstDifference(before, after);
  return place === null ? null : { epoch, ...place };
}

/** Returns the first step and tensor that differ, or null. */
export function firstDifference(
  before: readonly StepTrace[],
  after: readonly StepTrace[],
): Omit<Location, "epoch"> | null {
  for (let step = 0; step < Math.max(before.length, after.length); step++) {
    if (step >= before.length || step >= after.length) return { step, tensor: null };
    const old = new Map(before[step].tensors.map(({ name, sha256 }) => [name, sha256]));
    const found = after[step].tensors.find(({ name, sha256 }) => old.get(name) !== sha256);
    if (found !== undefined) return { step, tensor: found.name };
  }
  return null;
}

interface TraceRun {
  readonly experiment: string;
  readonly trial: string;
  readonly epoch: number;
  readonly launcher: string;
}

async function runTrace(
  folder: string,
  { experiment, trial, epoch, launcher }: TraceRun,
): Promise<readonly StepTrace[]> {
  const root = await findRoot(folder, `experiments/${experiment}.ts`);
  const file = `experiments/${experiment}.ts`;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...await programArgs(root, launcher), "trace", file, `--trial=${trial}`, `--epoch=${epoch}`],
    cwd: root,
    stdin: "null",
  }).output();
  if (success) return new TextDecoder().decode(stdout).trimEnd().split("\n").map((line) => JSON.parse(line));
  throw new InputError(
    `Cannot locate the difference: ${root} must be able to trace trial ${trial}, found ` +
      new TextDecoder().decode(stderr).trim(),
  );
}

/** Returns the arguments that start a project's Seedbed: its launcher, or the command of a version without one. */
async function programArgs(root: string, launcher: string): Promise<readonly string[]> {
  const config = ["--config", join(root, "deno.json")];
  const own = join(root, "lib/cli/launch.ts");
  if (await exists(own)) return ["run", ...config, "--allow-all", own];
  const command = join(root, "lib/cli/main.ts");
  if (!await exists(command)) return ["run", "--allow-all", launcher];
  const cache = cacheDir();
  const permissions = [
    `--allow-read=${root}`,
    `--allow-read=${cache}`,
    `--allow-write=${cache}`,
    "--allow-env=SEEDBED_CACHE,XDG_CACHE_HOME,HOME,LOCALAPPDATA,NPM_CONFIG_REGISTRY,npm_config_registry",
    "--allow-net=registry.npmjs.org",
  ];
  return ["run", ...config, "--no-prompt", ...permissions, command];
}

async function findRoot(folder: string, file: string): Promise<string> {
  for (let root = resolve(folder); await exists(folder); root = dirname(root)) {
    if (await exists(join(root, file))) return root;
    if (root === dirname(root)) break;
  }
  throw new InputError(
    `Cannot locate the difference: ${folder} must be a folder in a worktree with ${file}; ` +
      "git worktree add makes one of a revision",
  );
}
