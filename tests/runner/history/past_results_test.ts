import { assertEquals } from "@std/assert";
import { stableJson } from "../../../lib/report/files/stable_json.ts";
import { readPastCommits } from "../../../lib/runner/history/past_commits.ts";
import { readPastResults, readWorkingResults } from "../../../lib/runner/history/past_results.ts";
import { threeTrials } from "../../report/three_trials.ts";
import { needing } from "../../setup/needing.ts";
import { type History, withHistory } from "./with_history.ts";

const SUMMARY = threeTrials();
const TEXT = stableJson(SUMMARY);
const OTHER_FORMAT = { ...SUMMARY, format: SUMMARY.format === 1 ? 2 : 1, warnings: [] } as const;

async function pastOf({ resultsDir }: History) {
  const answer = await readPastCommits("a", { resultsDir });
  if ("reason" in answer) throw new Error(answer.reason);
  return await Array.fromAsync(readPastResults(answer.commits, { name: "a", resultsDir }));
}

Deno.test(
  needing("git", "readPastResults() reads summary and changes of each commit, and says what is damaged"),
  withHistory(async (history) => {
    const { commit } = history;
    await commit("one", { "a/summary.json": TEXT });
    await commit("two", { "a/report.md": "x", "a/CHANGES.md": "## x\n" });
    await commit("damaged", { "a/summary.json": "<<<<<<< x\n" });
    await commit("format 3", { "a/summary.json": stableJson({ ...SUMMARY, format: 3 }) });
    await commit("gone", { "a/summary.json": null });
    await commit("again", { "a/summary.json": stableJson(OTHER_FORMAT), "a/CHANGES.md": null });
    const past = await pastOf(history);
    assertEquals(past.map(({ summary }) => summary !== null), [true, true, false, false, false, true]);
    assertEquals([past[0].summary, past[5].summary], [SUMMARY, OTHER_FORMAT]);
    assertEquals(past.map(({ changes }) => changes), [null, ...Array(4).fill("## x\n"), null]);
    assertEquals(past.map(({ isSameFile }) => isSameFile), [false, true, false, false, false, false]);
    assertEquals(past.map(({ problem, revision }) => problem?.replace(revision!, "REVISION") ?? null), [
      null,
      null,
      "Cannot read REVISION:a/summary.json: it must be JSON, found the marks of a merge conflict on line 1",
      "Cannot read REVISION:a/summary.json: it must be a summary of format 1 or 2, found format 3",
      null,
      null,
    ]);
  }),
);

Deno.test(
  needing("git", "readPastResults() parses a file once that stays as it is"),
  withHistory(async (history) => {
    await history.commit("one", { "a/summary.json": TEXT });
    await history.commit("two", { "a/report.md": "x" });
    const [one, two] = await pastOf(history);
    assertEquals(one.summary === two.summary, true);
  }),
);

Deno.test(
  needing("git", "readWorkingResults() reads what git does not have as it is, and nothing else"),
  withHistory(async ({ resultsDir, commit, write, git }) => {
    await commit("one", { "a/summary.json": TEXT, "b/summary.json": TEXT });
    const read = () => readWorkingResults({ name: "a", resultsDir });
    await write({ "b/summary.json": "{}", "a/notes.md": "x" });
    assertEquals(await read(), null);
    const other = { ...SUMMARY, dataDigest: "other" };
    await write({ "a/summary.json": stableJson(other), "a/CHANGES.md": "## why\n" });
    assertEquals(await read(), {
      revision: null,
      date: null,
      subject: "not committed",
      summary: other,
      problem: null,
      changes: "## why\n",
      isSameFile: false,
    });
    await write({ "a/summary.json": "" });
    assertEquals(
      (await read())?.problem,
      `Cannot read ${resultsDir}/a/summary.json: it must be JSON, found an empty file`,
    );
    await write({ "a/summary.json": null, "a/CHANGES.md": null });
    assertEquals([(await read())?.summary, (await read())?.problem], [null, null]);
    await git("checkout", "--quiet", "--", ".");
    assertEquals(await read(), null);
  }),
);
