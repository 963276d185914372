import type { TrialComparison } from "../../report/compare/comparison.ts";
import type { Results } from "../../report/files/parse_results.ts";
import { placeOf, type TrialPlace } from "../../report/summary/rank_points.ts";
import { type CommitChange, describeChange } from "./bisect_answer.ts";
import { findChange } from "./bisect_change.ts";
import { type Choice, chooseTrial } from "./bisect_choice.ts";
import type { BisectContext, BisectEvent } from "./bisect_context.ts";
import { type CommitFacts, commitFacts } from "./bisect_git.ts";
import { type BisectRange, readRange, type Revisions } from "./bisect_range.ts";
import { openRuns } from "./bisect_runs.ts";
import { searchCommits, type SearchEnd, type SkippedCommit } from "./bisect_search.ts";
import { makeFolders } from "./bisect_worktree.ts";
import type { ChangeKind } from "./change_kind.ts";

/** Which commit changed an experiment; a plain JSON value. */
export interface BisectAnswer {
  readonly file: string;
  readonly what: ChangeKind;
  readonly good: CommitFacts;
  readonly bad: CommitFacts;
  /** The trial that was run; null if no trial differs. */
  readonly trial: TrialPlace | null;
  /** The commit; those that it may be, where some were skipped; none if no trial differs. */
  readonly commits: readonly CommitFacts[];
  /** What they changed together; null if that cannot be said. */
  readonly change: CommitChange | null;
  readonly skipped: readonly SkippedCommit[];
  /** Trials that were compared at both ends, if none differs. */
  readonly compared: number | null;
  /** Of those, trials whose committed results differ. */
  readonly committedOnly: number | null;
  /** Commits after `good` up to `bad`. */
  readonly searched: number;
  readonly runs: number;
  readonly elapsedMs: number;
}

/** Options of {@link bisectExperiment}. */
export interface BisectOptions
  extends Revisions, Pick<BisectContext, "what" | "launcher" | "signal" | "clock"> {
  /** Called with all that happens. */
  readonly observe: (event: BisectEvent) => void;
}

/**
 * Finds the first commit at which the bits, or the accuracies, of an experiment changed: it runs one trial at each commit that
 * git's own search names, in temporary worktrees.
 *
 * @returns The answer, or null if it was interrupted; the worktrees are removed in both cases.
 * @throws {InputError} If a revision or the file is wrong, or the experiment does not run at an end.
 */
export async function bisectExperiment(
  file: string,
  { good, bad, ...options }: BisectOptions,
): Promise<BisectAnswer | null> {
  const start = options.clock();
  const range = await readRange(file, { good, bad });
  try {
    using folders = await makeFolders(range);
    const runs = openRuns({ file: range.file, resultsDir: folders.results, ...options });
    const context: BisectContext = { ...options, range, folders, runs };
    const found = await find(context);
    return {
      file,
      what: options.what,
      good: range.good,
      bad: range.bad,
      searched: range.commits,
      ...found,
      runs: runs.count(),
      elapsedMs: Math.round(options.clock() - start),
    };
  } catch (error) {
    // Ctrl-C ends git and the runs too, each with an error of its own.
    const isAbort = error instanceof DOMException && error.name === "AbortError";
    if (options.signal.aborted || isAbort) return null;
    throw error;
  }
}

type Found = Pick<
  BisectAnswer,
  "trial" | "commits" | "change" | "skipped" | "compared" | "committedOnly"
>;

async function find(context: BisectContext): Promise<Found> {
  const choice = await chooseTrial(context);
  if ("compared" in choice) return { trial: null, commits: [], change: null, skipped: [], ...choice };
  const known = knownOf(choice, context.range);
  const epochs = shortenedEpochs(choice, context);
  const short = epochs === null ? null : await search(choice, { context, known, epochs });
  // Fewer epochs may show another change, where what comes earlier depends on their number.
  const found = short ?? await search(choice, { context, known });
  return { trial: placeOf(choice.trial), compared: null, committedOnly: null, ...found! };
}

/** Returns the results that are as a run of the trial alone writes them. */
function knownOf({ isAlone, good, bad }: Choice, range: BisectRange): Map<string, Results> {
  return new Map(isAlone ? [[range.good.commit, good], [range.bad.commit, bad]] : []);
}

interface Search {
  readonly context: BisectContext;
  readonly known: Map<string, Results>;
  readonly epochs?: number;
}

/** Searches, and compares the commit with its parent; null if fewer epochs were not enough. */
async function search(
  choice: Choice,
  { context, known, epochs }: Search,
): Promise<Pick<Found, "commits" | "change" | "skipped"> | null> {
  const { folders: { before, after }, range, runs } = context;
  const place = placeOf(choice.trial);
  await before.checkOut(range.good.commit);
  const good = epochs === undefined ? choice.good : await runs.run(before, { place, epochs });
  if ("reason" in good) return null;
  const { commits, skipped }: SearchEnd = await searchCommits(context, { place, epochs, good, known });
  const facts = await Promise.all(commits.map((commit) => commitFacts(commit, after.folder)));
  const ends = { first: facts[0], last: facts.at(-1)! };
  const change = await describeChange(context, { ...ends, place, known, good: choice.good });
  return epochs !== undefined && change?.isFirst !== true ? null : { commits: facts, skipped, change };
}

// Below this, whole runs are simpler than what makes sure that shorter ones say the same.
const LEAST_SAVED_MS = 10_000;

/** Returns how many epochs are enough, or null where whole runs take little longer. */
function shortenedEpochs(choice: Choice, { what, range }: BisectContext): number | null {
  if (what === "accuracy") return null;
  const { trial, good, bad, runMs } = choice;
  const pair: TrialComparison | undefined = findChange([good, bad], { place: trial, what })?.trial;
  const enough = Math.max(1, pair?.parting?.epoch ?? trial.solver.epochs);
  const steps = Math.ceil(Math.log2(range.commits));
  const share = enough / trial.solver.epochs;
  // The good end runs once more, and both the commit and its parent run whole.
  const savedMs = runMs * (steps * (1 - share) - share - 2);
  return savedMs > LEAST_SAVED_MS ? enough : null;
}
