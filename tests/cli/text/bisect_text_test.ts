import { assertEquals } from "@std/assert";
import { bisectEventText, bisectText } from "../../../lib/cli/text/bisect_text.ts";
import type { TrialResult } from "../../../lib/report/summary/summary.ts";
import type { CommitChange } from "../../../lib/runner/bisect/bisect_answer.ts";
import type { BisectEvent } from "../../../lib/runner/bisect/bisect_context.ts";
import type { BisectAnswer } from "../../../lib/runner/bisect/bisect_experiment.ts";

const commit = (digit: string, subject: string) => ({
  commit: digit.repeat(40),
  date: "2026-11-26T12:00:00+01:00",
  author: "Ada <ada@example.org>",
  subject,
});

const RESULT: TrialResult = {
  trial: "1".repeat(16),
  point: { rate: 0.1 },
  repeat: 1,
  status: "done",
  bestEpoch: 3,
  bestValidationAccuracy: 0.5,
  trainAccuracy: 0.5,
  loss: 1,
  testAccuracy: null,
  weightsSha256: "a".repeat(64),
  reason: null,
};

const CHANGE: CommitChange = {
  before: RESULT,
  after: { ...RESULT, status: "diverged", bestValidationAccuracy: null },
  declared: [],
  isFirst: true,
  parting: { epoch: 3, fields: [{ field: "loss", before: "1", after: "2" }], weightsEpoch: null },
  location: null,
  unlocated: "no weights differ",
  files: " a.ts | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)",
};

const ANSWER: BisectAnswer = {
  file: "experiments/a.ts",
  what: "accuracy",
  good: commit("a", "good"),
  bad: commit("f", "bad"),
  trial: { point: { rate: 0.1 }, repeat: 1 },
  commits: [commit("b", "faster")],
  change: CHANGE,
  skipped: [],
  compared: null,
  committedOnly: null,
  searched: 1,
  runs: 4,
  elapsedMs: 65_000,
};

const say = (changes: Partial<BisectAnswer>) => bisectText({ ...ANSWER, ...changes }, { columns: null });

Deno.test("bisectText() says what a commit changed, also where a trial diverges or nothing can be located", () => {
  assertEquals(
    say({}),
    `changed   accuracy of rate=0.1, repeat 1
commit    ${"b".repeat(40)}
date      2026-11-26T12:00:00+01:00
author    Ada <ada@example.org>
subject   faster
accuracy  50.00 % -> diverged
epochs    the runs part at epoch 3: loss 1 -> 2; the weights never differ
located   no: no weights differ
searched  1 commit, with 4 runs in 1 min 5 s

 a.ts | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)
`,
  );
});

Deno.test("bisectText() lists the commits that skipped ones leave", () => {
  const skipped = [{ ...commit("b", "broken"), reason: "Cannot load a.ts" }];
  assertEquals(
    say({ commits: [commit("b", "broken"), commit("c", "mended")], change: null, skipped }),
    `changed   accuracy of rate=0.1, repeat 1
one of    ${"b".repeat(40)} broken
          ${"c".repeat(40)} mended
skipped   bbbbbbbbbbbb broken: Cannot load a.ts
searched  1 commit, with 4 runs in 1 min 5 s
`,
  );
});

Deno.test("bisectText() says what to look at where both ends are the same", () => {
  const same = { trial: null, commits: [], change: null, compared: 6, committedOnly: 0 };
  assertEquals(
    say(same),
    `same      every accuracy of 6 trials at aaaaaaaaaaaa and ffffffffffff
look at   an earlier --good, edits that are not committed (git status), and data outside git; without --what accuracy, other bits are found too
searched  4 runs in 1 min 5 s
`,
  );
  assertEquals(
    say({ ...same, what: "bits", committedOnly: 1 }),
    `same      every bit of 6 trials at aaaaaaaaaaaa and ffffffffffff
look at   the committed results of 1 trial differ: they were made by other code or data, and check compares them with a new run
searched  4 runs in 1 min 5 s
`,
  );
});

Deno.test("bisectText() joins skipped commits of one reason, and shortens a long list of commits", () => {
  const skipped = ["1", "2", "3", "4", "5", "6"].map((digit) => ({
    ...commit(digit, "x"),
    reason: "no data",
  }));
  const commits = Array.from({ length: 22 }, (_, index) => commit("b", `commit ${index}`));
  const lines = say({ commits, change: null, skipped }).split("\n");
  assertEquals(lines.slice(20, 23), [
    `          ${"b".repeat(40)} commit 19`,
    "          2 more commits; --json has all",
    "skipped   6 commits (111111111111, 222222222222, 333333333333, 444444444444, 555555555555 and 1 more): no data",
  ]);
});

const EVENTS: readonly (readonly [event: BisectEvent, text: string])[] = [
  [{ type: "comparing", place: null }, "runs the whole grid at --good and at --bad"],
  [
    { type: "comparing", place: { point: { rate: 0.1 }, repeat: 2 } },
    "runs rate=0.1 (repeat 2) at --good and at --bad",
  ],
  [{ type: "testing", commit: commit("b", "faster"), left: 1 }, "1 commit left, tries bbbbbbbbbbbb faster"],
  [{ type: "tested", commit: commit("b", "faster"), mark: "bad", reason: null }, "bbbbbbbbbbbb is changed"],
  [
    { type: "tested", commit: commit("b", "faster"), mark: "good", reason: null },
    "bbbbbbbbbbbb is as --good",
  ],
  [
    { type: "tested", commit: commit("b", "faster"), mark: "skip", reason: "no data" },
    "bbbbbbbbbbbb is skipped: no data",
  ],
  [
    { type: "locating", commit: commit("b", "faster") },
    "replays an epoch before and after bbbbbbbbbbbb faster",
  ],
];

Deno.test("bisectEventText() says what a search does, after the time", () => {
  for (const [event, text] of EVENTS) {
    assertEquals(bisectEventText(event, { elapsedMs: 5000 }), `   5 s  ${text}\n`);
  }
});

Deno.test("bisectText() shows the further metrics that changed", () => {
  const before = { ...RESULT, bestMetrics: { validationLoss: 0.5, validationMacroF1: 0.25 } };
  const after = { ...RESULT, bestMetrics: { validationMacroF1: 0.25, validationLoss: 0.75 } };
  const lines = say({ change: { ...CHANGE, before, after } }).split("\n").slice(5, 8);
  assertEquals(lines, [
    "accuracy  50.00 % as before, on the validation split",
    "loss      0.5000 -> 0.7500, on the validation split",
    "epochs    the runs part at epoch 3: loss 1 -> 2; the weights never differ",
  ]);
});

Deno.test("bisectText() shows the metrics of numbers, which have no accuracy, and how a trial of them ends", () => {
  const numbers = { ...RESULT, bestValidationAccuracy: null, trainAccuracy: null };
  const before = { ...numbers, bestMetrics: { validationRmse: 3.25, validationR2: -0.5 } };
  const after = { ...numbers, bestMetrics: { validationR2: -0.5, validationRmse: 4.5 } };
  const linesOf = (own: TrialResult) =>
    say({ change: { ...CHANGE, before, after: own } }).split("\n").slice(5, 7);
  const parting = "epochs    the runs part at epoch 3: loss 1 -> 2; the weights never differ";
  assertEquals(linesOf(after).map((line) => line.replace(/ +/g, " ")), [
    "RMSE 3.250 -> 4.500, on the validation split",
    parting.replace(/ +/g, " "),
  ]);
  const { bestMetrics: _, ...lost } = { ...after, status: "diverged" as const };
  assertEquals(linesOf(lost), ["accuracy  done -> diverged", parting]);
});
