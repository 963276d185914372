import { assertEquals } from "@std/assert";
import { outputsOf } from "../../../../lib/nn/training/loss/outputs_of.ts";

Deno.test("outputsOf() is a score for each class, one output of two with the sigmoid loss, and else one for each target", () => {
  assertEquals(outputsOf({ numClasses: 3 }, undefined), { numClasses: 3 });
  assertEquals(outputsOf({ numClasses: 2 }, { labelSmoothing: 0.1 }), { numClasses: 2 });
  assertEquals(outputsOf({ numClasses: 2 }, { name: "sigmoid" }), { numOutputs: 1 });
  const scales = [{ offset: 0, divisor: 1 }, { offset: 5, divisor: 2 }];
  const targets = { kind: "numbers", names: ["a", "b"], scales } as const;
  assertEquals(outputsOf({ numClasses: 1, targets }, { name: "huber" }), { numOutputs: 2 });
});
