import type { TrialPlace } from "../../report/summary/rank_points.ts";
import type { CommitFacts } from "./bisect_git.ts";
import type { BisectRange } from "./bisect_range.ts";
import type { BisectRuns } from "./bisect_runs.ts";
import type { Mark } from "./bisect_steps.ts";
import type { BisectFolders } from "./bisect_worktree.ts";
import type { ChangeKind } from "./change_kind.ts";

/** What a search does, for whoever watches it. */
export type BisectEvent =
  /** A trial, or null for the whole grid, is about to run at both ends. */
  | { readonly type: "comparing"; readonly place: TrialPlace | null }
  /** A trial is about to run at a commit; so many commits may be the first changed one. */
  | { readonly type: "testing"; readonly commit: CommitFacts; readonly left: number }
  | {
    readonly type: "tested";
    readonly commit: CommitFacts;
    readonly mark: Mark;
    readonly reason: string | null;
  }
  /** The first difference between two commits is about to be found. */
  | { readonly type: "locating"; readonly commit: CommitFacts };

/** What the stages of a search share. */
export interface BisectContext {
  readonly range: BisectRange;
  readonly what: ChangeKind;
  readonly folders: BisectFolders;
  readonly runs: BisectRuns;
  /** See `ProgramOptions`. */
  readonly launcher: string;
  readonly signal: AbortSignal;
  /** Returns milliseconds from any moment on. */
  readonly clock: () => number;
  readonly observe: (event: BisectEvent) => void;
}
