import type { CommittedBits, CommittedState } from "../../runner/check/committed_bits.ts";
import type { RunOutcome } from "../../runner/results/run_outcome.ts";

/** Returns whether the bits of a run are the committed ones, and what shows where they differ. */
export function bitsText(
  { compared, different, added }: CommittedBits,
  { folder }: Pick<RunOutcome, "folder">,
): string {
  if (compared === 0) return "no trial is among the committed ones";
  if (different.length > 0) {
    return `${different.length} of ${compared} trials ${
      different.length === 1 ? "has" : "have"
    } other bits than committed: deno task diff HEAD ${folder} shows where`;
  }
  const others = added === 0 ? "" : `; ${added} ${added === 1 ? "is" : "are"} not committed`;
  return `same bits as committed (${compared} of ${compared}${others})`;
}

/** What the next step depends on, besides the outcome. */
export interface NextStepOptions extends CommittedState {
  /** The experiment file. */
  readonly file: string;
  readonly isShard: boolean;
  /** Whether the command line set fields of the experiment. */
  readonly isChanged: boolean;
}

/** Returns what makes sense after a run. */
export function nextStep(
  { summary, folder }: RunOutcome,
  { file, bits, isToCommit, isShard, isChanged }: NextStepOptions,
): string {
  const { counts: { failed, pending }, trials } = summary;
  if (isShard) return "run the other shards, then deno task merge DIR… --results OUT";
  if (failed > 0) {
    const { trial } = trials.find(({ status }) => status === "failed")!;
    return `deno task why ${trial} ${file} says why it failed; the same command tries again`;
  }
  if (pending > 0) return `deno task run ${file} runs the other ${pending}`;
  if (isChanged) return "open the report";
  if (bits !== null && bits.different.length > 0) {
    return `deno task baseline ${file} --reason "…" accepts the bits, if you meant to change them`;
  }
  return isToCommit ? `git add ${folder}, and commit it` : "open the report, or start deno task dashboard";
}
