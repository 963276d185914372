import { join, relative } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { ifThere } from "../../files/if_there.ts";
import type { Results } from "../../report/files/parse_results.ts";
import { axisText } from "../../report/summary/axis_text.ts";
import { placeKey, type TrialPlace } from "../../report/summary/rank_points.ts";
import { hasResult } from "../../report/summary/trial_status.ts";
import { trialName } from "../../report/summary/trial_name.ts";
import { type ProgramEnd, runProgram } from "../check/run_program.ts";
import { readResults } from "../results/read_results.ts";
import { type BisectWorktree, projectIn } from "./bisect_worktree.ts";

/** Why an experiment cannot be run at a revision: the second half of a sentence. */
export interface Unrunnable {
  readonly reason: string;
}

/** What is run of an experiment. */
export interface RunRequest {
  /** The trial whose point is run, up to its repeat; null for the whole grid. */
  readonly place: TrialPlace | null;
  /** Default: as many as are declared. */
  readonly epochs?: number;
}

/** Runs of an experiment in worktrees, each with the code of its own revision. */
export interface BisectRuns {
  /** Returns the trials of the grid. */
  readonly plan: (worktree: BisectWorktree) => Promise<readonly Trial[] | Unrunnable>;
  /** Returns the results of a run, in which a trial that is named has one. */
  readonly run: (worktree: BisectWorktree, request: RunRequest) => Promise<Results | Unrunnable>;
  /** Returns the results that are committed at the revision, or null. */
  readonly committed: (worktree: BisectWorktree) => Promise<Results | null>;
  /** Returns how many runs there were. */
  readonly count: () => number;
}

/** Options of {@link openRuns}. */
export interface RunsOptions {
  /** The experiment file in a worktree. */
  readonly file: string;
  /** A folder that does not exist yet. */
  readonly resultsDir: string;
  /** See `ProgramOptions`. */
  readonly launcher: string;
  readonly signal: AbortSignal;
}

/** Returns the ways to run an experiment. */
export function openRuns({ file, resultsDir, launcher, signal }: RunsOptions): BisectRuns {
  let count = 0;
  const start = async (
    worktree: BisectWorktree,
    args: readonly string[],
  ): Promise<ProgramEnd | Unrunnable> => {
    signal.throwIfAborted();
    const root = await projectIn(worktree, file);
    if (root === null) return { reason: "there is no such file in a project with a deno.json" };
    const path = relative(root, join(worktree.folder, file));
    const writes = resultsDir;
    const end = await runProgram(root, { args: ["run", path, ...args], launcher, writes, signal });
    signal.throwIfAborted();
    const { code } = end;
    // Ctrl-C reaches the program too, and may reach it first.
    if (code === EXIT_CODES.interrupted) throw new DOMException("a run was interrupted", "AbortError");
    const isWhole = code === EXIT_CODES.good || code === EXIT_CODES.lostTrial;
    return isWhole ? end : { reason: reasonOf(end, worktree) };
  };
  return {
    async plan(worktree) {
      const end = await start(worktree, ["--dry-run", "--json", "--results", resultsDir]);
      return "reason" in end ? end : parseTrials(end.out);
    },
    async run(worktree, request) {
      count++;
      try {
        const end = await start(worktree, [...requestArgs(request), "--results", resultsDir]);
        return "reason" in end ? end : await readRun(resultsDir, { file, ...request });
      } finally {
        await ifThere(
          { action: "remove", path: resultsDir },
          () => Deno.remove(resultsDir, { recursive: true }),
        );
      }
    },
    committed: (worktree) => readCommitted(worktree, file),
    count: () => count,
  };
}

function requestArgs({ place, epochs }: RunRequest): readonly string[] {
  const axes = Object.entries(place?.point ?? {});
  return [
    ...axes.flatMap(([axis, value]) => ["--only", `${axis}=${axisText(value)}`]),
    ...place === null ? [] : ["--set", `repeats=${place.repeat + 1}`],
    ...epochs === undefined ? [] : ["--set", `solver.epochs=${epochs}`],
  ];
}

const nameOf = (file: string) => file.replace(/^.*\//, "").replace(/\.[a-z]+$/, "");

async function readRun(
  resultsDir: string,
  { file, place }: RunRequest & { readonly file: string },
): Promise<Results | Unrunnable> {
  const results = await readResults(join(resultsDir, nameOf(file)));
  if (results === null) return { reason: "the run wrote no results" };
  if (place === null) return results;
  const trial = results.summary.trials.find((candidate) => placeKey(candidate) === placeKey(place));
  if (trial !== undefined && hasResult(trial.status)) return results;
  return {
    reason: trial?.status === "failed"
      ? `the trial failed: ${trial.reason}`
      : `the grid has no ${trialName(place)}`,
  };
}

/** What is damaged counts as missing: it is only a hint. */
async function readCommitted(worktree: BisectWorktree, file: string): Promise<Results | null> {
  const root = await projectIn(worktree, file);
  try {
    return root === null ? null : await readResults(join(root, "results", nameOf(file)));
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

function parseTrials(text: string): readonly Trial[] | Unrunnable {
  try {
    const { trials } = JSON.parse(text) as { readonly trials: readonly Trial[] };
    if (trials.every(({ point, repeat }) => typeof point === "object" && Number.isInteger(repeat))) {
      return trials;
    }
  } catch {
    // The version writes something else.
  }
  return { reason: "its Seedbed lists no trials" };
}

const LONGEST_REASON = 300;

/** Returns the error of a program as one line, with paths as they are in the repository. */
function reasonOf({ code, error }: ProgramEnd, { folder }: BisectWorktree): string {
  const at = error.lastIndexOf("error: ");
  const text = (at === -1 ? error : error.slice(at + "error: ".length)).trim();
  const line = text.replaceAll(`file://${folder}/`, "").replaceAll(`${folder}/`, "").replace(/\s+/g, " ") ||
    `exit code ${code}`;
  return line.length <= LONGEST_REASON ? line : `${line.slice(0, LONGEST_REASON)}...`;
}
