import { assertEquals } from "@std/assert";
import { readHistory } from "../../../lib/dashboard/views/read_history.ts";
import { stableJson } from "../../../lib/report/files/stable_json.ts";
import { threeTrials } from "../../report/three_trials.ts";
import { withHistory } from "../../runner/history/with_history.ts";
import { needing } from "../../setup/needing.ts";

Deno.test(
  needing("git", "readHistory() gives the newest commits that changed the summary, newest first"),
  withHistory(async ({ resultsDir, commit }) => {
    const summary = threeTrials();
    for (let at = 0; at < 31; at++) {
      await commit(`commit ${at}`, {
        "a/summary.json": stableJson({ ...summary, dataDigest: String(at) }),
      });
    }
    await commit("report", { "a/report.md": "x" });
    await commit("damaged", { "a/summary.json": "" });
    const past = await readHistory("a", { resultsDir });
    assertEquals(past.length, 30);
    assertEquals(past.slice(0, 2).map(({ subject, date }) => [subject, date]), [
      ["damaged", "2026-01-31"],
      ["commit 30", "2026-01-31"],
    ]);
    assertEquals(past.map(({ summary }) => summary?.dataDigest ?? null), [
      null,
      ...Array.from({ length: 29 }, (_, at) => String(30 - at)),
    ]);
  }),
);

Deno.test("readHistory() gives nothing outside of a repository", async () => {
  const resultsDir = await Deno.makeTempDir();
  try {
    assertEquals(await readHistory("a", { resultsDir }), []);
  } finally {
    await Deno.remove(resultsDir);
  }
});
