import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { matrix } from "../../../lib/core/numbers/matrix.ts";

Deno.test("matrix() lays rows out one after the other, float32 by default", () => {
  assertEquals(matrix([[1, 2], [3, 4]]), { rows: 2, cols: 2, data: Float32Array.of(1, 2, 3, 4) });
});

Deno.test("matrix() refuses rows of different lengths", () => {
  assertEquals(
    assertThrows(() => matrix([[1, 2], [3]]), InputError).message,
    "Cannot make a matrix: row 1 must have 2 columns, found 1",
  );
});
