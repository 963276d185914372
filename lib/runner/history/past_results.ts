import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import { parseSummary } from "../../report/files/parse_summary.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import type { Summary } from "../../report/summary/summary.ts";
import type { PastResults } from "../../report/trend/trend.ts";
import { readChangedFiles } from "../files/changed_files.ts";
import type { PastCommit } from "./past_commits.ts";
import { readContents } from "./read_contents.ts";

/** Which results are read. */
export interface PastPlace {
  /** The name of the experiment. */
  readonly name: string;
  readonly resultsDir: string;
}

/**
 * Yields the results at commits, in their order. Git is started once for all of them, and a file that is the same as in the
 * commit before is read and parsed once.
 */
export async function* readPastResults(
  commits: readonly PastCommit[],
  { name, resultsDir }: PastPlace,
): AsyncGenerator<PastResults> {
  const isOther = (file: "summary" | "changes", at: number) =>
    commits[at][file] !== (at === 0 ? null : commits[at - 1][file]);
  const wanted = commits.flatMap(({ summary, changes }, at) => [
    ...summary !== null && isOther("summary", at) ? [summary] : [],
    ...changes !== null && isOther("changes", at) ? [changes] : [],
  ]);
  await using contents = readContents(wanted, { folder: resultsDir });
  const next = async () => (await contents.next()).value ?? null;
  let read: SummaryRead = NO_SUMMARY;
  let changesText: string | null = null;
  for (const [at, commit] of commits.entries()) {
    const { revision, date, subject, summary, changes, isSameSummary } = commit;
    const path = `${revision}:${name}/${COMMITTED.summary.name}`;
    if (isOther("summary", at)) read = summary === null ? NO_SUMMARY : readSummary(await next(), path);
    if (isOther("changes", at)) changesText = changes === null ? null : await next();
    yield {
      revision,
      date,
      subject,
      ...read,
      changes: changesText,
      isSameFile: isSameSummary,
    };
  }
}

/** The subject of what is not committed. */
const NOT_COMMITTED = "not committed";

/** Reads the results of the working tree; null if git has the files of the experiment as they are, or ignores them. */
export async function readWorkingResults({ name, resultsDir }: PastPlace): Promise<PastResults | null> {
  const changed = await readChangedFiles(resultsDir);
  if ((changed?.(name)?.length ?? 0) === 0) return null;
  return {
    revision: null,
    date: null,
    subject: NOT_COMMITTED,
    ...await readWorkingSummary(join(resultsDir, name, COMMITTED.summary.name)),
    // Another program may be writing it: without it there are no new reasons.
    changes: await readIfThere(join(resultsDir, name, COMMITTED.changes.name)).catch(() => null),
    isSameFile: false,
  };
}

/** What became of a summary. */
interface SummaryRead {
  readonly summary: Summary | null;
  readonly problem: string | null;
}

const NO_SUMMARY: SummaryRead = { summary: null, problem: null };

function readSummary(text: string | null, path: string): SummaryRead {
  if (text === null) {
    return { summary: null, problem: `Cannot read ${path}: git must have its text, found none` };
  }
  return trySummary(() => parseSummary(text, { path }));
}

async function readWorkingSummary(path: string): Promise<SummaryRead> {
  try {
    const text = await readIfThere(path);
    return text === null ? NO_SUMMARY : trySummary(() => parseSummary(text, { path }));
  } catch (error) {
    if (error instanceof InputError) return { summary: null, problem: error.message };
    throw error;
  }
}

function trySummary(parse: () => Summary): SummaryRead {
  try {
    return { summary: parse(), problem: null };
  } catch (error) {
    if (error instanceof InputError) return { summary: null, problem: error.message };
    throw error;
  }
}
