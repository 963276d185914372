import { assertEquals } from "@std/assert";
import type { GateSpec } from "../../../lib/experiment/declaration/gate_spec.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { resolveGate } from "../../../lib/report/compare/gate.ts";
import { gridResults } from "./fakes.ts";

/** Accuracies of the repeats of one point, before and after, and what is found of them. */
type Case = readonly [
  what: string,
  before: readonly number[],
  after: readonly number[],
  GateSpec,
  verdict: string | undefined,
  trials: readonly string[],
];

const CASES: readonly Case[] = [
  ["nothing changed", [0.5, 0.75], [0.5, 0.75], {}, undefined, ["same", "same"]],
  ["one repeat loses what the other gains", [0.5, 0.75], [0.25, 1], {}, "within", ["within", "within"]],
  ["the mean loses", [0.5, 0.75], [0.25, 0.875], {}, "regression", ["regression", "regression"]],
  ["the mean gains", [0.5, 0.75], [0.46875, 0.8125], {}, "improved", ["improved", "improved"]],
  ["a loss of the mean within the tolerance", [0.5, 0.75], [0.25, 0.75], { tolerance: 0.125 }, "within", [
    "within",
    "same",
  ]],
  ["a loss of the mean beyond it", [0.5, 0.75], [0.25, 0.75], { tolerance: 0.12 }, "regression", [
    "regression",
    "same",
  ]],
  ["a gain of the mean that is suspicious", [0.5, 0.75], [0.75, 0.75], {}, "suspicious", [
    "suspicious",
    "same",
  ]],
  ["a gain of the mean that is not", [0.5, 0.75], [0.75, 0.75], { suspicious: 0.125 }, "improved", [
    "improved",
    "same",
  ]],
  // Sums of thirds and tenths have rounding errors.
  ["a loss of exactly the tolerance", [0.3, 0.3, 0.3], [0.2, 0.2, 0.2], { tolerance: 0.1 }, "within", [
    "within",
    "within",
    "within",
  ]],
  ["an accuracy that is not judged", [0.5, 0.75], [0.25, 0.75], { select: "testAccuracy" }, undefined, [
    "bits",
    "same",
  ]],
];

Deno.test("judgePoints() judges a point by the means over its repeats", () => {
  for (const [what, before, after, spec, verdict, verdicts] of CASES) {
    const [baseline, current] = [before, after].map((values) => gridResults([[{ rate: 1 }, values]]));
    const { points, trials } = compareResults(baseline, { current, gate: resolveGate(spec) });
    assertEquals([what, points[0]?.verdict, trials.map((trial) => trial.verdict)], [what, verdict, verdicts]);
  }
});
