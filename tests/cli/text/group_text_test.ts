import { assertEquals } from "@std/assert";
import { changesText, pendingText } from "../../../lib/cli/text/group_text.ts";
import type { TrialGroup } from "../../../lib/runner/plan/explain_pending.ts";

function group(fate: TrialGroup["fate"], fields: Partial<TrialGroup> = {}): TrialGroup {
  return { fate, trials: ["a", "b"], replaced: [], changes: [], news: [], reason: null, ...fields };
}

const epochs = { field: "solver.epochs", before: "5", after: "6", isExample: false };

Deno.test("pendingText() says in a line why the trials of a group run", () => {
  const cases: readonly (readonly [TrialGroup, string])[] = [
    [group("changed", { changes: [epochs] }), "2 run again: solver.epochs 5 -> 6"],
    [group("changed", { changes: [epochs], trials: ["a"] }), "1 runs again: solver.epochs 5 -> 6"],
    [
      group("changed", { changes: [{ ...epochs, isExample: true }] }),
      "2 run again: solver.epochs 5 -> 6 and the like",
    ],
    [group("failed", { reason: "its worker died" }), "2 failed and are tried again: its worker died"],
    [group("failed", { trials: ["a"] }), "1 failed and is tried again"],
    [group("unfinished"), "2 are left of a run that did not end"],
    [group("cloned"), "2 run again: their results are here without a journal, as in a new clone"],
    [
      group("cloned", { trials: ["a"] }),
      "1 runs again: its result is here without a journal, as in a new clone",
    ],
    [group("fresh"), "2 run, since --fresh starts over"],
    [group("new", { trials: ["a"], news: [{ axis: "rate", value: 2 }] }), "1 is new: rate=2"],
    [
      group("new", {
        news: [{ axis: "hidden", value: 32 }, { axis: "rate", value: 0.5 }, { axis: null, value: 3 }, {
          axis: "kind",
          value: "a",
        }],
      }),
      "2 are new: hidden=32, rate=0.5, repeat 3 and 1 more",
    ],
  ];
  for (const [group, text] of cases) {
    assertEquals(pendingText({ groups: [group], expectedMs: null }), `  ${text}\n`);
  }
});

Deno.test("pendingText() names the first trials of each group when asked, and a duration where it is known", () => {
  const groups = [group("new", { trials: ["a", "b", "c", "d"] })];
  assertEquals(
    pendingText({ groups, expectedMs: 125_000 }, { hasIds: true }),
    "  4 are new\n    a, b, c and 1 more\n  about 2 min 5 s\n",
  );
  assertEquals(pendingText({ groups: [], expectedMs: 999 }), "  less than 1 s\n");
});

Deno.test("pendingText() has no line for a first run, where each trial is new and no value is", () => {
  assertEquals(pendingText({ groups: [group("new")], expectedMs: null }), "");
  assertEquals(
    pendingText({ groups: [group("failed"), group("new")], expectedMs: null }),
    "  2 failed and are tried again\n  2 are new\n",
  );
});

Deno.test("changesText() shows three fields, long values by their ends and digests by their beginning", () => {
  const changes = [
    { field: "a", before: '"short"', after: `"${"x".repeat(40)}"` },
    { field: "dataDigest", before: `"${"0123456789abcdef".repeat(4)}"`, after: null },
    epochs,
    { field: "seed", before: "1", after: "2" },
    { field: "repeat", before: "1", after: "2" },
  ];
  assertEquals(
    changesText(changes),
    `a "short" -> "${"x".repeat(18)}…${"x".repeat(9)}", dataDigest 0123456789abcdef -> nothing, ` +
      "solver.epochs 5 -> 6 and 2 more",
  );
});
