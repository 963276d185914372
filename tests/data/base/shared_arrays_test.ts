import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { sharedBytes, sharedFloats, sharedLabels } from "../../../lib/data/base/shared_arrays.ts";

Deno.test("shared arrays are zeros, or a copy, in memory that workers share", () => {
  const labels = [1, 2, 3];
  const arrays = [sharedFloats(3), sharedFloats(3, "float64"), sharedBytes(3), sharedLabels(labels)];
  assert(arrays.every(({ buffer }) => buffer instanceof SharedArrayBuffer));
  assertEquals(arrays.map((array) => [array.constructor.name, ...array]), [
    ["Float32Array", 0, 0, 0],
    ["Float64Array", 0, 0, 0],
    ["Uint8Array", 0, 0, 0],
    ["Int32Array", 1, 2, 3],
  ]);
});

Deno.test("sharedFloats() throws how much memory a split takes when there is none", () => {
  assertEquals(
    assertThrows(() => sharedFloats(2 ** 52, "float64"), InputError).message,
    "Cannot use data: a split takes 36028797019 MB, more than this process can allocate; use fewer rows or features",
  );
});
