import { dirname, join, resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import type { StepTrace } from "../../experiment/trial/trace_epoch.ts";
import { exists } from "../../files/exists.ts";
import type { TrialComparison } from "../../report/compare/comparison.ts";
import { type ProgramOptions, runProgram } from "./run_program.ts";

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
  /** See `ProgramOptions`. */
  readonly launcher: string;
}

/**
 * Replays the first epoch whose weights differ, each side with its own code, and finds the first difference.
 *
 * @returns The location, or null if the replayed epochs are the same on both sides.
 * @throws {InputError} If a side has no code, or its program fails.
 */
export async function locateDifference(
  comparison: TrialComparison,
  { experiment, folders: [before, after], launcher }: LocateOptions,
): Promise<Location | null> {
  const file = `experiments/${experiment}.ts`;
  const roots = [await findRoot(before, file), await findRoot(after, file)] as const;
  return await locateBetween(comparison, { roots, file, launcher });
}

/** Options of {@link locateBetween}. */
export interface BetweenOptions extends Pick<ProgramOptions, "launcher" | "signal"> {
  /** The folders of the projects. */
  readonly roots: readonly [string, string];
  /** The experiment file in both. */
  readonly file: string;
}

/** As {@link locateDifference}, between two projects. */
export async function locateBetween(
  { baseline, current, parting }: TrialComparison,
  { roots, ...options }: BetweenOptions,
): Promise<Location | null> {
  const epoch = Math.max(1, parting?.weightsEpoch ?? 1);
  const before = await runTrace(roots[0], { ...options, trial: baseline?.trial, epoch });
  const after = await runTrace(roots[1], { ...options, trial: current?.trial, epoch });
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

interface TraceRun extends Omit<BetweenOptions, "roots"> {
  readonly trial?: string;
  readonly epoch: number;
}

async function runTrace(
  root: string,
  { file, trial = "", epoch, ...options }: TraceRun,
): Promise<readonly StepTrace[]> {
  const args = ["trace", file, `--trial=${trial}`, `--epoch=${epoch}`];
  const { code, out, error } = await runProgram(root, { ...options, args });
  if (code === 0) return out.trimEnd().split("\n").map((line) => JSON.parse(line));
  throw new InputError(
    `Cannot locate the difference: ${root} must be able to trace trial ${trial}, found ${error}`,
  );
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
