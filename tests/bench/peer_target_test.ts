import { assertEquals } from "@std/assert";
import { peerTarget } from "./peer_target.ts";
import { verdictOf } from "./report.ts";
import { targetsText, targetText } from "./text_table.ts";

const TARGET = { name: "step, plain, to the fastest NumPy", library: "NumPy", absent: [], bound: 1.8 };
const ABSENT = [{ name: "NumPy", reason: "it computes with the reference BLAS" }];

Deno.test("peerTarget() counts the fastest program that does the same work", () => {
  const target = peerTarget({ ...TARGET, ratios: [1.9, null, 1.7] });
  assertEquals(target.measured, 1.7);
  assertEquals(verdictOf(target), "missed");
  assertEquals(verdictOf(peerTarget({ ...TARGET, ratios: [1.9, null] })), "met");
});

const uncounted = [
  ["the library is not set up", ABSENT, [], "NumPy is not set up"],
  ["each program does other work", [], [null, null], "no program of NumPy does the same work"],
  ["the library has no such net", [], [], "NumPy has no such program"],
  ["a program took part in no round", [], [NaN], "no program of NumPy does the same work"],
] as const;

for (const [what, absent, ratios, reason] of uncounted) {
  Deno.test(`peerTarget() counts nothing when ${what}`, () => {
    const target = peerTarget({ ...TARGET, absent, ratios });
    assertEquals(target.reason, reason);
    assertEquals(verdictOf(target), "not counted");
    assertEquals(
      targetText(target),
      `not counted: step, plain, to the fastest NumPy: ${reason}, should be at least 1.8 times`,
    );
  });
}

Deno.test("targetsText() counts what is neither met nor missed apart", () => {
  const targets = [
    peerTarget({ ...TARGET, ratios: [22] }),
    peerTarget({ ...TARGET, ratios: [1] }),
    peerTarget({ ...TARGET, ratios: [1.7] }),
    peerTarget({ ...TARGET, absent: ABSENT, ratios: [] }),
  ];
  assertEquals(targetsText(targets), "Targets: 1 met, 2 missed, 1 not counted.");
});
