import { assertEquals, assertStringIncludes } from "@std/assert";
import { previewText } from "../../../lib/cli/text/preview_text.ts";
import type { Preview } from "../../../lib/runner/results/preview_run.ts";
import { fakeExperiment } from "../../report/fakes.ts";
import { LOADED, PREVIEW } from "./fake_preview.ts";

const { trials, groups } = PREVIEW;
const [{ trial }] = trials;

/** Returns the facts of a dry run that differs in some fields, by their titles; lines without a title are left out. */
function factsOf(changes: Partial<Preview>, experiment = LOADED.experiment): Record<string, string> {
  const text = previewText({ experiment }, { preview: { ...PREVIEW, ...changes }, columns: null });
  const [, facts] = text.split("\n\n");
  return Object.fromEntries(
    facts.split("\n").flatMap((line) => [...line.matchAll(/^(\w+) +(.*)$/g)].map(([, ...fact]) => fact)),
  );
}

Deno.test("previewText() is a table of the plan and one of the trials", () => {
  assertEquals(
    previewText(LOADED, { preview: PREVIEW, columns: null }),
    `fake_question: 1 of 3 trials to run

points      5: 3 with trials, 1 skipped, 1 the same as another
repeats     1
trials      3: 1 to run, 1 with a result, 1 left out
epochs      1 to train
time        about 1 min 5 s on 2 workers, from 4 trials timed here
memory      about 33 MB: 2 MB of data, a trial of 31 MB; 900 MB are available
why         1 is new: rate=0.1
skipped     1 point: too fast (rate=2)
duplicates  rate=0.75 is the same as rate=0.1

trial   repeat  fate          rate
0.1-0   0       runs          0.1
0.25-0  0       has a result  0.25
0.5-0   0       left out      0.5
`,
  );
});

Deno.test("previewText() fits a narrow terminal", () => {
  const text = previewText(LOADED, { preview: PREVIEW, columns: 40 });
  assertEquals(text.split("\n").filter((line) => line.length > 40), []);
  assertStringIncludes(
    text,
    "memory      about 33 MB: 2 MB of data, a\n            trial of 31 MB; 900 MB are\n            available\n",
  );
});

const FACTS: readonly (readonly [title: string, changes: Partial<Preview>, value: string | undefined])[] = [
  ["points", { skipped: [], duplicates: [] }, "3"],
  [
    "points",
    { skipped: [], duplicates: [...PREVIEW.duplicates, ...PREVIEW.duplicates] },
    "5: 3 with trials, " +
    "2 the same as others",
  ],
  ["trials", { trials: trials.map(({ trial }) => ({ trial, fate: "runs" })) }, "3, all to run"],
  ["epochs", {
    trials: [{
      trial: { ...trial, solver: { ...trial.solver, epochs: 7, patience: { epochs: 2, minDelta: 0 } } },
      fate: "runs",
    }],
  }, "7 to train at most"],
  ["time", { expectedMs: 999, timed: 1, workers: 1 }, "less than 1 s on 1 worker, from a trial timed here"],
  ["time", { expectedMs: null, timed: 0 }, "not known yet: no trial has been timed here"],
  ["time", { workers: null, expectedMs: null }, "not known: workers of a queue run the trials"],
  ["time", { trials: trials.slice(1), expectedMs: null }, "none: no trial is to run"],
  ["memory", { trials: trials.slice(1) }, "none: no trial is to run"],
  ["memory", { memory: null }, "not known before the data are read; 900 MB are available"],
  ["memory", { memory: null, availableBytes: null }, "not known before the data are read"],
  [
    "memory",
    { memory: { dataBytes: 47e6, eachBytes: 40e6, running: 8 }, availableBytes: null },
    "about 367 MB: 47 MB of data, 8 trials at a time of 40 MB",
  ],
  [
    "memory",
    { memory: { dataBytes: 47e6, eachBytes: 40e6, running: 8 }, availableBytes: 200e6 },
    "about 367 MB: 47 MB of data, 8 trials at a time of 40 MB; 200 MB are available, which is too little: " +
    "--workers 3 fits",
  ],
  [
    "memory",
    { memory: { dataBytes: 47e6, eachBytes: 40e6, running: 8 }, availableBytes: 30e6 },
    "about 367 MB: 47 MB of data, 8 trials at a time of 40 MB; 30 MB are available, which is too little: " +
    "use a smaller net or batch",
  ],
  [
    "memory",
    { memory: { dataBytes: 47e6, eachBytes: 40e6, running: null } },
    "about 47 MB of data on each machine of the queue, and 40 MB for each trial there",
  ],
  ["why", { groups: [{ ...groups[0], news: [] }] }, undefined],
  ["skipped", { skipped: [] }, undefined],
  [
    "skipped",
    { skipped: [{ point: { rate: 2 }, reason: "x".repeat(1000) }] },
    `1 point: ${"x".repeat(133)}…${"x".repeat(66)} (rate=2)`,
  ],
  ["duplicates", { duplicates: [] }, undefined],
];

for (const [title, changes, value] of FACTS) {
  Deno.test(`previewText() says of ${title}: ${value ?? "nothing"}`, () => {
    assertEquals(factsOf(changes)[title], value);
  });
}

Deno.test("previewText() says how many points are skipped for each reason and are the same as others", () => {
  const points = Array.from({ length: 10_000 }, (_, index) => ({ rate: index + 1 }));
  const skipped = points.map((point, index) => ({
    point,
    reason: index < 9_000 ? "too fast" : `reason ${index % 100}`,
  }));
  const duplicates = points.map((point) => ({ point, sameAs: { rate: 0.1 } }));
  const text = previewText(LOADED, { preview: { ...PREVIEW, skipped, duplicates }, columns: null });
  const lines = text.split("\n\n")[1].split("\n");
  const from = lines.findIndex((line) => line.startsWith("skipped"));
  assertEquals(lines.slice(from, from + 2), [
    "skipped     9000 points: too fast (rate=1), (rate=2), (rate=3) and 8997 more",
    "            10 points: reason 0 (rate=9001), (rate=9101), (rate=9201) and 7 more",
  ]);
  assertEquals(lines.slice(from + 10, from + 12), [
    "            91 more reasons; --json has all",
    "duplicates  rate=1 is the same as rate=0.1",
  ]);
  assertEquals(lines.slice(from + 31), ["            9980 more points; --json has all"]);
});

Deno.test("previewText() says of a value that is declared more than once just that", () => {
  const declared = fakeExperiment({ grid: { rate: [0.1, 0.1, 0.25], kind: ["a", "b", "a", "a"] } });
  const duplicates = [{ point: { rate: 0.1, kind: "a" }, sameAs: { rate: 0.1, kind: "a" } }];
  const preview = { ...PREVIEW, trials: [], duplicates };
  const text = previewText({ experiment: declared }, { preview, columns: null });
  assertStringIncludes(
    text,
    "\nduplicates  rate=0.1 is declared twice\n            kind=a is declared 3 times\n\n",
  );
});
