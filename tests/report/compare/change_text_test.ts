import { assertEquals } from "@std/assert";
import { changeText, partingText, winnerText } from "../../../lib/report/compare/change_text.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { resultsOf } from "./fakes.ts";

Deno.test("partingText() says where runs part, and since when their weights do", () => {
  const loss = { field: "loss", before: "0.5", after: "0.25" };
  const start = "the runs part at epoch 2: ";
  const cases: readonly (readonly [Parameters<typeof partingText>[0], string])[] = [
    [{ epoch: 2, fields: [loss], weightsEpoch: null }, "loss 0.5 -> 0.25; the weights never differ"],
    [{ epoch: 2, fields: [loss], weightsEpoch: 2 }, "loss 0.5 -> 0.25"],
    [{ epoch: 2, fields: [loss], weightsEpoch: 3 }, "loss 0.5 -> 0.25; the weights differ from epoch 3 on"],
    [
      { epoch: 2, fields: [{ field: "epoch", before: null, after: "2" }], weightsEpoch: 2 },
      "only the new run has it",
    ],
    [
      { epoch: 2, fields: [{ field: "epoch", before: "2", after: null }], weightsEpoch: 2 },
      "only the old run has it",
    ],
  ];
  for (const [parting, text] of cases) assertEquals(partingText(parting), start + text);
});

Deno.test("changeText() cuts digests short, and has a word for nothing", () => {
  const digest = "0123456789abcdef".repeat(4);
  const cases: readonly (readonly [Parameters<typeof changeText>[0], string])[] = [
    [
      { field: "dataDigest", before: `"${digest}"`, after: digest },
      "dataDigest 0123456789abcdef -> 0123456789abcdef",
    ],
    [{ field: "loss", before: "", after: null }, "loss nothing -> nothing"],
    [{ field: "seed", before: "1", after: "2", reason: "why" }, "seed 1 -> 2 (why)"],
  ];
  for (const [change, text] of cases) assertEquals(changeText(change), text);
});

Deno.test("winnerText() names the points and both accuracies, null without winners", () => {
  const winner = {
    point: { rate: 0.2 },
    baselinePoint: { rate: 0.1 },
    validationAccuracy: 0.5,
    baselineValidationAccuracy: 0.5,
    testAccuracy: 0.75,
    baselineTestAccuracy: 0.5,
  };
  const comparison = compareResults(resultsOf({ 0.1: 0.5 }), { current: resultsOf({ 0.1: 0.5 }) });
  assertEquals(
    winnerText({ ...comparison, winner }),
    "winner rate=0.1 -> rate=0.2; validation accuracy 50.00 % as before; " +
      "test accuracy 50.00 % -> 75.00 %, better by 25.00 points",
  );
  assertEquals(winnerText({ ...comparison, winner: null }), null);
});
