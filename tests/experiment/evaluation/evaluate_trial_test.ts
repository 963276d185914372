import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { evaluateTrial } from "../../../lib/experiment/evaluation/evaluate_trial.ts";
import { dataset, trialWith } from "../trial/trial_with.ts";

Deno.test("evaluateTrial() refuses weights of another net", () => {
  assertEquals(
    assertThrows(() => evaluateTrial(trialWith(1), { dataset, weights: new Uint8Array(8) }), InputError)
      .message,
    "Cannot restore a net: its snapshot must have 300 bytes, found 8",
  );
});
