import { assertEquals } from "@std/assert";
import { type PastCommit, readPastCommits } from "../../../lib/runner/history/past_commits.ts";
import { needing } from "../../setup/needing.ts";
import { withHistory } from "./with_history.ts";

/** Returns the commits, which there must be. */
async function commitsOf(name: string, resultsDir: string): Promise<readonly PastCommit[]> {
  const answer = await readPastCommits(name, { resultsDir });
  if ("reason" in answer) throw new Error(answer.reason);
  return answer.commits;
}

/** Returns what a commit did, with names in place of ids. */
function outline(commits: readonly PastCommit[]): readonly string[] {
  const subjects = new Map(commits.map(({ revision, subject }) => [revision, subject]));
  return commits.map(({ subject, parent, summary, changes, isSameSummary }) => {
    const files = [
      summary === null ? "none" : isSameSummary ? "same" : "other",
      changes === null ? "" : "why",
    ];
    return `${subject} after ${parent === null ? "nothing" : subjects.get(parent)}: ${
      files.join(" ").trim()
    }`;
  });
}

Deno.test(
  needing(
    "git",
    "readPastCommits() gives the commits of one experiment, oldest first, with the files that they left",
  ),
  withHistory(async ({ resultsDir, commit }) => {
    await commit("one", { "a/summary.json": "1", "b/summary.json": "x" });
    await commit("of another", { "b/summary.json": "y", "a_b/summary.json": "z" });
    await commit(":two\twith a tab", { "a/summary.json": "2", "a/CHANGES.md": "## x\n" });
    await commit("report", { "a/report.md": "r" });
    await commit("removed", { "a/summary.json": null, "a/CHANGES.md": null });
    await commit("nothing", {});
    await commit("again", { "a/summary.json": "2" });
    const commits = await commitsOf("a", resultsDir);
    assertEquals(outline(commits), [
      "one after nothing: other",
      ":two\twith a tab after one: other why",
      "report after :two\twith a tab: same why",
      "removed after report: none",
      "again after removed: other",
    ]);
    assertEquals(commits.map(({ date }) => date), Array(5).fill("2026-01-31"));
    assertEquals(commits[4].summary, commits[1].summary);
    assertEquals(await commitsOf("c", resultsDir), []);
  }),
);

Deno.test(
  needing(
    "git",
    "readPastCommits() compares a merge with its first parent, and leaves out one that joined nothing",
  ),
  withHistory(async ({ resultsDir, commit, git }) => {
    await commit("one", { "a/summary.json": "1" });
    await git("checkout", "--quiet", "-b", "side");
    await commit("side", { "a/summary.json": "2" });
    await git("checkout", "--quiet", "main");
    await commit("elsewhere", { "b/summary.json": "x" });
    await git("merge", "--quiet", "--no-ff", "-m", "no change of its own", "side");
    await git("checkout", "--quiet", "-b", "reason");
    await commit("reason", { "a/CHANGES.md": "## x\n" });
    await git("checkout", "--quiet", "main");
    await commit("three", { "a/summary.json": "3" });
    await git("merge", "--quiet", "--no-ff", "-m", "both", "reason");
    assertEquals(outline(await commitsOf("a", resultsDir)).toSorted(), [
      "both after three: same why",
      "one after nothing: other",
      "reason after side: same why",
      "side after one: other",
      "three after side: other",
    ]);
  }),
);

Deno.test(
  needing("git", "readPastCommits() obeys no setting of the user that changes what git writes"),
  withHistory(async ({ resultsDir, commit, git }) => {
    const settings = [
      "log.showRoot=false",
      "color.ui=always",
      "diff.renames=copies",
      "log.showSignature=true",
    ];
    for (const setting of settings) await git("config", ...setting.split("="));
    await commit("one", { "a/summary.json": "1" });
    await commit("moved", { "a/summary.json": null, "b/summary.json": "1" });
    assertEquals(outline(await commitsOf("a", resultsDir)), [
      "one after nothing: other",
      "moved after one: none",
    ]);
    assertEquals(outline(await commitsOf("b", resultsDir)), ["moved after nothing: other"]);
  }),
);

Deno.test(
  needing("git", "readPastCommits() says what git says where there is no history"),
  withHistory(async ({ resultsDir, write }) => {
    await write({ "a/summary.json": "1" });
    assertEquals(await readPastCommits("a", { resultsDir }), {
      reason: "your current branch 'main' does not have any commits yet",
    });
  }),
);
