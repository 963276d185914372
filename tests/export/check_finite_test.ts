import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { checkFinite } from "../../lib/export/check_finite.ts";
import type { TrainedModel } from "../../lib/export/trained_model.ts";

/** Returns a net of one matrix and one row of numbers. */
function modelOf(weights: readonly number[], bias: readonly number[], mean: readonly number[] = [0]) {
  const tensor = (name: string, rows: number, data: readonly number[]) => ({
    name,
    value: { rows, cols: data.length / rows, data: Float32Array.from(data) },
  });
  const net = { tensors: [tensor("W1", 2, weights), tensor("b1", 1, bias)] };
  return { net, mean: Float32Array.from(mean) } as unknown as Pick<TrainedModel, "net" | "mean">;
}

Deno.test("checkFinite() names tensor and place of the first number that is not finite", () => {
  const action = "export";
  checkFinite(modelOf([1, 2, 3, 4], [-1e38, 0]), { action });
  const cases: readonly (readonly [Pick<TrainedModel, "net" | "mean">, message: string])[] = [
    [modelOf([1, 2, NaN, NaN], [0, 0]), "W1[1, 0] must be a finite number, found NaN"],
    [modelOf([1, 2, 3, 4], [0, -Infinity]), "b1[1] must be a finite number, found -Infinity"],
    [modelOf([1, 2, 3, 4], [0, 0], [0, Infinity]), "mean[1] must be a finite number, found Infinity"],
  ];
  for (const [model, message] of cases) {
    assertEquals(
      assertThrows(() => checkFinite(model, { action }), InputError).message,
      `Cannot export: ${message}`,
    );
  }
});
