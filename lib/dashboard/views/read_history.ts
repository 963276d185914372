import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { parseSummary } from "../../report/files/parse_summary.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import type { Summary } from "../../report/summary/summary.ts";
import { runGit } from "../../runner/files/git.ts";
import type { PastResults } from "./history_page.ts";

const MOST_REVISIONS = "30";

/** Reads the results of an experiment at each commit that changed them, newest first; none without git. */
export async function readHistory(
  name: string,
  { resultsDir }: { readonly resultsDir: string },
): Promise<readonly PastResults[]> {
  const path = join(name, COMMITTED.summary.name);
  const args = ["log", "-n", MOST_REVISIONS, "--date=short", "--format=%h%x00%ad%x00%s", "--", path];
  const answer = await runGit(args, { folder: resultsDir });
  const lines = "text" in answer ? answer.text.split("\n").filter(Boolean) : [];
  const past: PastResults[] = [];
  for (const line of lines) {
    const [revision, date, subject] = line.split("\0");
    past.push({ revision, date, subject, summary: await summaryAt(revision, { path, resultsDir }) });
  }
  return past;
}

async function summaryAt(
  revision: string,
  { path, resultsDir }: { readonly path: string; readonly resultsDir: string },
): Promise<Summary | null> {
  const answer = await runGit(["show", "--end-of-options", `${revision}:./${path}`], { folder: resultsDir });
  if ("reason" in answer) return null;
  try {
    return parseSummary(answer.text, { path: `${revision}:${path}` });
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
