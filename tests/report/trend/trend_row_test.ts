import { assertEquals } from "@std/assert";
import type { Summary } from "../../../lib/report/summary/summary.ts";
import type { TrendChange } from "../../../lib/report/trend/trend.ts";
import { trendRow } from "../../../lib/report/trend/trend_row.ts";
import { FIRST, HISTORY, pastOf, summaryOf, trendOf } from "./fakes.ts";

const SAME: TrendChange = {
  compared: 2,
  bits: 0,
  accuracies: 0,
  added: 0,
  removed: 0,
  declared: [],
  isOtherWinner: false,
  winnerGain: 0,
  testGain: 0,
  meanGain: 0,
};

/** Returns how results differ from the first ones. */
function changeOf(summary: Summary): TrendChange | null {
  return trendOf([{ summary: FIRST }, { summary }]).rows[1].change;
}

/** Returns the first results with other fields of the first trial. */
function withTrial(fields: Partial<Summary["trials"][number]>): Summary {
  const [first, ...others] = FIRST.trials;
  return { ...FIRST, trials: [{ ...first, ...fields }, ...others] };
}

const CHANGES: readonly {
  readonly what: string;
  readonly summary: Summary;
  readonly change: Partial<TrendChange>;
}[] = [
  { what: "nothing", summary: FIRST, change: {} },
  { what: "a trial's weights", summary: withTrial({ weightsSha256: "x" }), change: { bits: 1 } },
  { what: "a trial's loss", summary: withTrial({ loss: 0.125 }), change: { bits: 1 } },
  { what: "a trial's best epoch", summary: withTrial({ bestEpoch: 7 }), change: { bits: 1 } },
  { what: "a trial's training accuracy", summary: withTrial({ trainAccuracy: 0 }), change: { bits: 1 } },
  { what: "a trial's training RMSE", summary: withTrial({ trainRmse: 0.5 }), change: { bits: 1 } },
  {
    what: "how a trial ended",
    summary: withTrial({ status: "failed", reason: "x" }),
    change: { bits: 1 },
  },
  { what: "an id alone, at the same place", summary: withTrial({ trial: "x" }), change: {} },
  {
    what: "an accuracy",
    summary: summaryOf({ 0.1: 0.25, 0.2: 0.75 }),
    change: { bits: 1, accuracies: 1, meanGain: -0.125 },
  },
  {
    what: "the winner's accuracies",
    summary: summaryOf({ 0.1: 0.5, 0.2: 1 }, 0.75),
    change: { bits: 1, accuracies: 1, meanGain: 0.125, winnerGain: 0.25, testGain: 0.25 },
  },
  {
    what: "the winner",
    summary: summaryOf({ 0.1: 1, 0.2: 0.75 }),
    change: { bits: 1, accuracies: 1, isOtherWinner: true, meanGain: 0.25, winnerGain: 0.25 },
  },
  {
    what: "the grid",
    summary: { ...summaryOf({ 0.2: 0.75, 0.4: 0.25 }), experimentDigest: "other" },
    change: { compared: 1, added: 1, removed: 1, declared: ["grid.rate"], meanGain: -0.125 },
  },
  {
    what: "the seed and the data",
    summary: { ...FIRST, dataDigest: "other", experiment: { ...FIRST.experiment, seed: 2 } },
    change: { declared: ["seed", "dataDigest"] },
  },
  {
    what: "a setting that no field of the summary has",
    summary: { ...FIRST, experimentDigest: "other" },
    change: { declared: ["settings of trials"] },
  },
  {
    what: "the winner, that there is none any more",
    summary: { ...FIRST, winner: null },
    change: { winnerGain: null, testGain: null },
  },
];

for (const { what, summary, change } of CHANGES) {
  Deno.test(`trendRow() says what changed when it is ${what}`, () => {
    const expected = { ...SAME, ...change };
    assertEquals(changeOf(summary), expected);
  });
}

Deno.test("trendRow() compares nothing but accuracies when the file is the same", () => {
  const { rows } = trendOf([{ summary: FIRST }, {
    summary: withTrial({ weightsSha256: "x" }),
    isSameFile: true,
  }]);
  assertEquals(rows[1].change, SAME);
});

Deno.test("trendRow() has the state of each row, and compares with the last results that were read", () => {
  const { rows } = trendOf(HISTORY);
  assertEquals(
    rows.map(({ state, change, isChanged }) => [state, change?.bits ?? null, isChanged]),
    [
      ["read", null, true],
      ["read", 0, false],
      ["read", 1, true],
      ["read", 1, true],
      ["damaged", null, true],
      ["read", 0, true],
      ["absent", null, true],
      ["read", 0, true],
    ],
  );
  assertEquals(rows[2].reasons, ["a faster `kernel` <1>"]);
  assertEquals(rows[4].problem, "Cannot read c4: it must be JSON, found an empty file");
});

Deno.test("trendRow() counts a damaged file as a change when it is damaged otherwise", () => {
  const damaged = { problem: "Cannot read it" };
  const { rows } = trendOf([damaged, { ...damaged, isSameFile: true }, damaged]);
  assertEquals(rows.map(({ isChanged }) => isChanged), [true, false, true]);
});

Deno.test("trendRow() follows a trial by its id, else by its place", () => {
  const followed = [
    { id: "0.1-0", point: { rate: 0.1 }, repeat: 0 },
    { id: "unknown", point: { rate: 0.2 }, repeat: 0 },
    { id: "none", point: { rate: 0.2 }, repeat: 1 },
  ];
  assertEquals(trendOf(HISTORY, followed).rows.map(({ trials }) => trials).filter((_, at) => at % 5 === 0), [
    [
      { trial: "0.1-0", validation: 0.5 },
      { trial: "0.2-0", validation: 0.75 },
      { trial: null, validation: null },
    ],
    [
      { trial: "new-0.1-0", validation: 0.625 },
      { trial: "new-0.2-0", validation: 0.75 },
      { trial: null, validation: null },
    ],
  ]);
});

Deno.test("trendRow() has no mean when no point has an accuracy", () => {
  const points = FIRST.points.map((point) => ({ ...point, done: 0, validationAccuracy: null }));
  const past = pastOf({ summary: { ...FIRST, winner: null, points } });
  const { mean, winner } = trendRow(past, {
    earlier: { row: null, summary: null, changes: null },
    followed: [],
    metric: "validationAccuracy",
  });
  assertEquals([mean, winner], [null, null]);
});
