import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { stableJson } from "../../../lib/report/files/stable_json.ts";
import { readTrend } from "../../../lib/runner/history/read_trend.ts";
import { FIRST, summaryOf } from "../../report/trend/fakes.ts";
import { needing } from "../../setup/needing.ts";
import { withHistory } from "./with_history.ts";

const [ONE, TWO, THREE] = [0.5, 0.625, 0.25].map((accuracy) =>
  stableJson(summaryOf({ 0.1: accuracy, 0.2: 0.75 }))
);

Deno.test(
  needing("git", "readTrend() has a row a commit and one for what is not committed, and follows trials"),
  withHistory(async ({ resultsDir, commit, write }) => {
    await commit("one", { "a/summary.json": ONE });
    await commit("two", { "a/summary.json": TWO, "a/CHANGES.md": "## faster\n" });
    await write({ "a/summary.json": THREE, "a/CHANGES.md": "## faster\n\n## smaller\n" });
    const { trend, warning } = await readTrend("a", { resultsDir, trials: ["0.1", "0.2-0", "0.1"] });
    assertEquals(trend.followed.map(({ id }) => id), ["0.1-0", "0.2-0"]);
    assertEquals(
      trend.rows.map(({ subject, mean, trials, reasons, change }) => [
        subject,
        mean,
        trials.map(({ validation }) => validation),
        reasons,
        change?.meanGain ?? null,
      ]),
      [
        ["one", 0.625, [0.5, 0.75], [], null],
        ["two", 0.6875, [0.625, 0.75], ["faster"], 0.0625],
        ["not committed", 0.5, [0.25, 0.75], ["smaller"], -0.1875],
      ],
    );
    assertEquals(warning, null);
  }),
);

Deno.test(
  needing("git", "readTrend() compares commits of two branches with the commit that each followed"),
  withHistory(async ({ resultsDir, commit, git }) => {
    await commit("one", { "a/summary.json": ONE });
    await git("checkout", "--quiet", "-b", "side");
    await commit("side", { "a/summary.json": TWO });
    await git("checkout", "--quiet", "main");
    await commit("main", { "a/summary.json": THREE });
    await git("merge", "--quiet", "--strategy", "ours", "--message", "kept", "side");
    await commit("last", { "a/CHANGES.md": "## why\n" });
    const { trend } = await readTrend("a", { resultsDir, trials: [] });
    const gains = Object.fromEntries(
      trend.rows.map(({ subject, change }) => [subject, change?.meanGain ?? null]),
    );
    assertEquals(gains, { one: null, side: 0.0625, main: -0.125, kept: 0, last: 0 });
  }),
);

Deno.test(
  needing("git", "readTrend() says where older commits may be missing"),
  withHistory(async ({ resultsDir, commit, git }) => {
    await commit("one", { "a/summary.json": ONE });
    await commit("two", { "a/summary.json": TWO });
    const root = resultsDir.replace(/results$/, "");
    await git("clone", "--quiet", "--depth", "1", `file://${root}`, "shallow");
    const { trend, warning } = await readTrend("a", { resultsDir: `${root}shallow/results`, trials: [] });
    assertEquals(trend.rows.map(({ subject }) => subject), ["two"]);
    assertEquals(
      warning,
      "older commits may be missing; the clone is shallow, and git fetch --unshallow brings the rest of it",
    );
  }),
);

Deno.test(
  needing("git", "readTrend() says why there is no trend"),
  withHistory(async ({ resultsDir, commit }) => {
    await commit("one", { "a/summary.json": stableJson(FIRST) });
    const outside = await Deno.makeTempDir();
    const cases = [
      [
        "b",
        resultsDir,
        [],
        `Cannot show the trend of b: a commit must have ${resultsDir}/b, found none`,
      ],
      [
        "a",
        `${resultsDir}/none`,
        [],
        `Cannot show the trend of a: --results must be a folder of results, found none at ${resultsDir}/none`,
      ],
      [
        "a",
        outside,
        [],
        `Cannot show the trend of a: git must have the history of ${outside}; git says: not a git repository`,
      ],
      [
        "a",
        resultsDir,
        ["77"],
        'Cannot follow trial "77": --trial must be the beginning of the id of a trial that a commit of ' +
        "results/a has; trials.csv lists them",
      ],
    ] as const;
    try {
      for (const [name, folder, trials, message] of cases) {
        const error = await assertRejects(() => readTrend(name, { resultsDir: folder, trials }), InputError);
        // In parentheses git says how far it looked, which depends on the machine.
        assertEquals(error.message.replace(/ \(or any .*$/, ""), message);
      }
    } finally {
      await Deno.remove(outside);
    }
  }),
);
