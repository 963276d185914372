import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { storyCharts } from "../../../lib/report/charts/story_charts.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { historyCsv } from "../../../lib/report/files/history_csv.ts";
import { indexHistory } from "../../../lib/report/files/history_rows.ts";
import { parseSummary } from "../../../lib/report/files/parse_summary.ts";
import { stableJson } from "../../../lib/report/files/stable_json.ts";
import { trialsCsv } from "../../../lib/report/files/trials_csv.ts";
import { reportHtml } from "../../../lib/report/page/report_html.ts";
import { evidenceOf } from "../../../lib/report/evidence/evidence.ts";
import { reportMarkdown } from "../../../lib/report/markdown/report_markdown.ts";
import type { Summary } from "../../../lib/report/summary/summary.ts";
import { doneEvents, fakeExperiment, fakeGrid } from "../fakes.ts";
import { summarizeEvents } from "../summarize_events.ts";

const PATH = "results/fake/summary.json";

const experiment = fakeExperiment({ repeats: 2, grid: { rate: [0.1, 0.2] } });
const grid = fakeGrid(experiment);
const events = [
  ...[...doneEvents("0.1-0", 0.5), ...doneEvents("0.1-1", 0.75), ...doneEvents("0.2-0", 0.25)],
  { type: "diverged", trial: "0.2-1", epoch: 1, reason: "loss is NaN" } as const,
];
const summary = summarizeEvents(experiment, {
  grid: { ...grid, duplicates: [{ point: { rate: 0.1 }, sameAs: { rate: 0.1 } }] },
  dataDigest: "d",
  events,
  testAccuracies: new Map([["0.1-0", 0.5], ["0.1-1", 0.5]]),
});
const text = stableJson({ ...summary, warnings: [{ code: "c", where: "here", message: "odd" }] });

const parse = (given: string) => parseSummary(given, { path: PATH });

Deno.test("parseSummary() returns what a run wrote, and passes fields of later versions", () => {
  assertEquals(parse(stableJson(summary)), summary);
  assertEquals(parse(stableJson({ ...summary, format: 2, later: { a: 1 } })).format, 2);
});

Deno.test("parseSummary() takes points without some axes, and skipped ones, from format 2 on", () => {
  const skipped = [{ point: {}, reason: "too fast" }];
  const partial = { ...summary, format: 2 as const, skipped };
  assertEquals(parse(stableJson(partial)), partial);
  const error = assertThrows(() => parse(stableJson({ ...partial, format: 1 })), InputError);
  assertStringIncludes(error.message, "skipped[0].point.rate must be a number, text, boolean or null");
});

Deno.test("parseSummary() takes folds, and names those that are none", () => {
  const folded = { ...experiment, data: { ...experiment.data, folds: 2 } };
  const whole = summarizeEvents(folded, {
    grid: fakeGrid(folded),
    dataDigest: "d",
    events: ["0.1-0-0", "0.1-0-1", "0.1-1-0", "0.1-1-1"].flatMap((trial) => doneEvents(trial, 0.5)),
    testAccuracies: new Map(),
  });
  assertEquals(parse(stableJson(whole)), whole);
  const wrong = [
    [
      { ...whole, experiment: { ...experiment, data: { ...experiment.data, folds: "2" } } },
      "experiment.data.folds",
    ],
    [{ ...whole, trials: [{ ...whole.trials[0], fold: -1 }] }, "trials[0].fold"],
    [{
      ...whole,
      winner: { ...whole.winner!, validationAccuracy: { ...whole.points[0].validationAccuracy!, folds: 1 } },
    }, "winner.validationAccuracy.folds"],
  ] as const;
  for (const [value, path] of wrong) {
    assertThrows(() => parse(JSON.stringify(value)), InputError, `${path} must be a whole number`);
  }
});

Deno.test("parseSummary() names what is damaged", () => {
  const cut = text.slice(0, 100);
  const cases: readonly (readonly [string, string])[] = [
    ["", "it must be JSON, found an empty file"],
    ["\n \n", "it must be JSON, found an empty file"],
    [
      `{\n<<<<<<< HEAD\n  "format": 1,\n=======\n`,
      "it must be JSON, found the marks of a merge conflict on line 2",
    ],
    [
      text.replace('  "dataDigest"', '<<<<<<< ours\r\n  "dataDigest"'),
      "it must be JSON, found the marks of a merge conflict on line 23",
    ],
    ["[]", "it must be a summary of format 1 or 2, found []"],
    ["null", "it must be a summary of format 1 or 2, found null"],
    [`"${"x".repeat(1000)}"`, `it must be a summary of format 1 or 2, found "${"x".repeat(56)}...`],
    ['{ "format": 3 }', "it must be a summary of format 1 or 2, found format 3"],
    ['{ "format": 1 }', "experiment must be an object"],
    [
      text.replace('"repeat": 1', '"repeat": -1'),
      "trials[1].repeat must be a whole number from 0 on, found -1",
    ],
    [
      text.replace('"status": "diverged"', '"status": "lost"'),
      "trials[3].status must be " +
      '"done", "stopped", "diverged", "failed" or "pending", found "lost"',
    ],
    [
      text.replace(/"loss": [0-9.]+/, '"loss": 1e999'),
      "trials[0].loss must be a finite number or null, found Infinity",
    ],
    [
      text.replace('"spread": 1', '"spread": 1e999'),
      "experiment.data.spread must be a finite number, found Infinity",
    ],
  ];
  for (const [given, message] of cases) {
    const error = assertThrows(() => parse(given), InputError);
    assertEquals(error.message, `Cannot read ${PATH}: ${message}`);
  }
  assert(
    assertThrows(() => parse(cut), InputError).message.startsWith(
      `Cannot read ${PATH}: it must be JSON, found `,
    ),
  );
  const deep = text.replace(
    '"kind": "blobs"',
    `"kind": "blobs", "deep": ${"[".repeat(1e5)}${"]".repeat(1e5)}`,
  );
  assert(
    assertThrows(() => parse(deep), InputError).message.endsWith(
      "must be a plain value, found one that is nested too deep",
    ),
  );
});

/** Returns the paths of all fields of a value. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, field]) => pathsOf(field, [...path, name]))];
}

/** Returns a copy with another value at a path, or with none. */
function changed(value: unknown, [name, ...rest]: readonly string[], found: unknown): unknown {
  if (name === undefined) return found;
  const copy = Array.isArray(value) ? [...value] : { ...value as object };
  const field = changed(Reflect.get(copy, name), rest, found);
  if (field === undefined && Array.isArray(copy)) copy.splice(Number(name), 1);
  else if (field === undefined) Reflect.deleteProperty(copy, name);
  else Reflect.set(copy, name, field);
  return copy;
}

const history = indexHistory(historyCsv(grid, { events }), { path: "history.csv" });

/** Reads a summary as every reader does. */
function readAll(found: Summary): void {
  const story = { summary: found, curves: new Map(), inspection: null };
  const charts = storyCharts(story);
  const evidence = evidenceOf(found, { inspection: null });
  reportMarkdown(story, { charts, evidence });
  const drawn = { curves: [], effects: [], heatMaps: [], parallel: [], tested: [] };
  reportHtml(story, { charts: drawn, evidence });
  trialsCsv(found);
  stableJson(found);
  const [left, right] = [found, summary].map((one) => ({
    summary: one,
    history,
    predictions: null,
    folder: "results/fake",
  }));
  compareResults(left, { current: right });
  compareResults(right, { current: left });
}

/** The summary of an experiment that selects the loss. */
function measuredSummary(): Summary {
  const metrics = ["validationLoss", "validationMacroF1"] as const;
  const measured = { ...experiment, metrics, select: "validationLoss" as const };
  const bestMetrics = { validationMacroF1: 0.5, validationLoss: 1.5 };
  const tests = ["0.2-0", "0.2-1"].map((trial) => [trial, { testLoss: 2, testMacroF1: 0.25 }] as const);
  return summarizeEvents(measured, {
    grid,
    dataDigest: "d",
    events: ["0.1-0", "0.1-1", "0.2-0", "0.2-1"].flatMap((trial, index) =>
      doneEvents(trial, 0.5).map((event) =>
        event.type === "done"
          ? { ...event, bestMetrics: { ...bestMetrics, validationLoss: 4 - index } }
          : event
      )
    ),
    testAccuracies: new Map(tests.map(([trial]) => [trial, 0.5])),
    testMetrics: new Map(tests),
  });
}

/** The same, with an ensemble. */
function ensembleSummary(): Summary {
  const { experiment: declared, winner, ...rest } = measuredSummary();
  const ensemble = { testAccuracy: 0.75, testMetrics: { testLoss: 1, testMacroF1: 0.5 } };
  return { ...rest, experiment: { ...declared, ensemble: true }, winner: { ...winner!, ensemble } };
}

Deno.test("parseSummary() takes an ensemble of the winner, and names what is wrong with it", () => {
  const together = ensembleSummary();
  const written = stableJson(together);
  assertEquals(parse(written).winner!.ensemble, together.winner!.ensemble);
  const cases: readonly (readonly [readonly string[], unknown, string])[] = [
    [["experiment", "ensemble"], false, "experiment.ensemble must be true, found false"],
    [["winner", "ensemble"], 1, "winner.ensemble must be an object, found 1"],
    [
      ["winner", "ensemble", "testAccuracy"],
      2,
      "winner.ensemble.testAccuracy must be a fraction or null, found 2",
    ],
    [["winner", "ensemble", "testMetrics"], undefined, "winner.ensemble.testMetrics must be an object"],
  ];
  for (const [path, other, message] of cases) {
    const damaged = JSON.stringify(changed(JSON.parse(written), path, other));
    const error = assertThrows(() => parse(damaged), InputError);
    assertEquals(error.message, `Cannot read ${PATH}: ${message}`);
  }
});

Deno.test("parseSummary() takes further metrics, in their order, and names one that is missing", () => {
  const measured = measuredSummary();
  assertEquals([measured.format, measured.winner?.point], [2, { rate: 0.2 }]);
  const written = stableJson(measured);
  assertEquals(parse(written), measured);
  const cases: readonly (readonly [readonly string[], unknown, string])[] = [
    [["experiment", "metrics"], ["validationF1"], "experiment.metrics must be a list, each element "],
    [
      ["experiment", "select"],
      "validationAuc",
      "experiment.metrics must have validationAuc, which is selected",
    ],
    [["winner", "metrics", "validationLoss"], undefined, "winner.metrics.validationLoss must be an object"],
    [["winner", "testMetrics"], undefined, "winner.testMetrics must be an object"],
    [
      ["points", "1", "metrics", "validationLoss", "values"],
      [],
      "points[1].metrics.validationLoss.values must ",
    ],
    [
      ["trials", "2", "bestMetrics", "validationMacroF1"],
      "x",
      "trials[2].bestMetrics.validationMacroF1 must be ",
    ],
  ];
  for (const [path, other, message] of cases) {
    const damaged = JSON.stringify(changed(JSON.parse(written), path, other));
    assertStringIncludes(assertThrows(() => parse(damaged), InputError).message, `${PATH}: ${message}`);
  }
});

const SOUND = [
  ["", text],
  [" with metrics", stableJson(measuredSummary())],
  [" with an ensemble", stableJson(ensembleSummary())],
];

for (const [what, written] of SOUND) {
  Deno.test(`parseSummary() refuses what a reader could not show, whichever field${what} is damaged`, () => {
    const whole = JSON.parse(written);
    const others = [undefined, null, "x", "", -1, 0.5, 1e300, true, [], {}, [null], { x: [1] }, [[1]]];
    for (const path of pathsOf(whole)) {
      for (const other of others) {
        const damaged = JSON.stringify(changed(whole, path, other)) ?? "";
        let found: Summary;
        try {
          found = parse(damaged);
        } catch (error) {
          assert(error instanceof InputError, `${path.join(".")} ${JSON.stringify(other)}: ${error}`);
          continue;
        }
        try {
          readAll(found);
        } catch (error) {
          // Histories are held against the summary on reading.
          assert(
            error instanceof InputError,
            `${path.join(".")} ${JSON.stringify(other)}: ${(error as Error).stack}`,
          );
        }
      }
    }
  });
}
