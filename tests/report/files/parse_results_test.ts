import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { historyCsv } from "../../../lib/report/files/history_csv.ts";
import { parseResults } from "../../../lib/report/files/parse_results.ts";
import { stableJson } from "../../../lib/report/files/stable_json.ts";
import { trialsCsv } from "../../../lib/report/files/trials_csv.ts";
import { fakeExperiment, fakeGrid } from "../fakes.ts";
import { EVENTS, threeTrials } from "../three_trials.ts";

const summary = threeTrials();
const TEXTS = {
  summary: stableJson(summary),
  trials: trialsCsv(summary),
  history: historyCsv(fakeGrid(fakeExperiment()), { events: EVENTS }),
};
const folder = "results/fake";

Deno.test("parseResults() gives back what was written", () => {
  const results = parseResults(TEXTS, { folder });
  assertEquals([results.summary, results.folder], [summary, folder]);
  assertEquals([...results.history.keys()], ["0.1-0", "0.3-0"]);
});

Deno.test("parseResults() throws when the files disagree", () => {
  const [head, first, ...rest] = TEXTS.trials.split("\r\n");
  const cases: readonly (readonly [texts: Partial<typeof TEXTS>, message: string])[] = [
    [
      { trials: [head, first.replace("0.75", "0.76"), ...rest].join("\r\n") },
      `trials.csv: line 2 must match summary.json, "${first}", found "${first.replace("0.75", "0.76")}"`,
    ],
    [
      { trials: TEXTS.trials.replaceAll("\r\n", "\n") },
      'trials.csv: line 1 must end as a run wrote it; "results/** -text" in .gitattributes keeps git from changing ' +
      "line ends",
    ],
    [
      { trials: `${TEXTS.trials}x` },
      'trials.csv: line 5 must match summary.json, "", found "x"',
    ],
    [
      { trials: [head, first, ""].join("\r\n") },
      `trials.csv: line 3 must match summary.json, "${rest[0]}", found ""`,
    ],
    [
      { history: historyCsv(fakeGrid(fakeExperiment()), { events: EVENTS.slice(3) }) },
      "history.csv: it must hold the epochs of trial 0.3-0, which is done",
    ],
  ];
  for (const [texts, message] of cases) {
    const error = assertThrows(() => parseResults({ ...TEXTS, ...texts }, { folder }), InputError);
    assertEquals(error.message, `Cannot read results/fake/${message}`);
  }
});
