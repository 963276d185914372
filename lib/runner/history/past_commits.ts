import { COMMITTED } from "../../report/files/result_files.ts";
import { runGit } from "../files/git.ts";

/** A commit that changed the results of an experiment, and the files that it left. */
export interface PastCommit {
  /** Short hash. */
  readonly revision: string;
  /** Day on which its author made it, as `2026-01-31`. */
  readonly date: string;
  readonly subject: string;
  /** The commit of these that it followed, of a merge the first one; null for the first of all. */
  readonly parent: string | null;
  /** Id of the content of `summary.json` in git; null if the commit has none. */
  readonly summary: string | null;
  /** Id of the content of `CHANGES.md`; null if the commit has none. */
  readonly changes: string | null;
  /** Whether its `summary.json` is that of its parent, or both have none. */
  readonly isSameSummary: boolean;
}

/** The commits, oldest first, or what git says if it fails. */
export type PastCommits = { readonly commits: readonly PastCommit[] } | { readonly reason: string };

/** Fields of a commit, before its files. */
const FIELDS = 4;

const LOG = [
  // What a user's settings would add to the output.
  ...["-c", "log.showSignature=false", "-c", "log.follow=false", "-c", "log.showRoot=true"],
  // Parents come before their children, those of a side branch together.
  ...["log", "--topo-order", "--reverse", "--parents", "--simplify-merges"],
  // A merge that changed the results is written once for each of its parents.
  ...["-m", "--raw", "-z", "--no-renames", "--relative", "--no-color"],
  ...["--encoding=UTF-8", "--date=short", "--format=%h%x00%p%x00%ad%x00%s"],
];

/**
 * Asks git once for the commits that changed the results of an experiment, oldest first. Merges are left out unless they
 * joined two changes of the results.
 *
 * @param options.resultsDir A folder that exists.
 */
export async function readPastCommits(
  name: string,
  { resultsDir }: { readonly resultsDir: string },
): Promise<PastCommits> {
  const answer = await runGit([...LOG, "--", name], { folder: resultsDir });
  return "reason" in answer ? answer : { commits: parseLog(answer.text, name) };
}

function parseLog(text: string, name: string): readonly PastCommit[] {
  const [summaryPath, changesPath] = [COMMITTED.summary, COMMITTED.changes].map((file) =>
    `${name}/${file.name}`
  );
  const fields = text.split("\0");
  const commits = new Map<string, PastCommit>();
  for (let at = 0; at + FIELDS < fields.length;) {
    const [revision, parents, date, subject] = fields.slice(at, at + FIELDS);
    at += FIELDS;
    const parent = commits.get(parents.split(" ")[0]) ?? null;
    const before = { summary: parent?.summary ?? null, changes: parent?.changes ?? null };
    const files = { ...before };
    // A changed file is `:MODE MODE ID ID STATUS` and its path. The first id is another one than the first parent's
    // where a merge is compared with another parent.
    for (; /^\n?:/.test(fields[at] ?? ""); at += 2) {
      const [, , old, now] = fields[at].trim().split(" ").map((id) => /^0+$/.test(id) ? null : id);
      const path = fields[at + 1];
      if (path === summaryPath && old === before.summary) files.summary = now;
      if (path === changesPath && old === before.changes) files.changes = now;
    }
    if (commits.has(revision)) continue;
    const isSameSummary = files.summary === before.summary;
    commits.set(revision, {
      revision,
      date,
      subject,
      parent: parent?.revision ?? null,
      ...files,
      isSameSummary,
    });
  }
  return [...commits.values()];
}
