import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { fusedHere } from "../../../lib/kernels/create_kernels.ts";
import { createWasm } from "../../../lib/kernels/wasm/wasm.ts";
import { testKernels } from "../../contract/kernels_suite.ts";

testKernels("emulated", () => createWasm("emulated"));
testKernels("float64", () => createWasm("separate"));

// Where the machine has no exact fused instruction these kernels are never chosen, and have no bits to keep.
if (fusedHere()) testKernels("fused", () => createWasm("fused"));

Deno.test("createWasm() takes over the memory of kernels that were freed, all zeros, and leaves them of no use", () => {
  const before = createWasm("emulated");
  const old = before.tensor(3, 5);
  old.data.fill(NaN);
  before.free();
  before.free();
  assertThrows(() => before.tensor(1, 1), Error, "Cannot lay out a tensor: its kernels were freed");
  const kernels = createWasm("separate");
  const tensor = kernels.tensor(3, 5);
  assertStrictEquals(tensor.data.buffer, old.data.buffer);
  assertEquals(new Uint8Array(tensor.data.buffer).findIndex((byte) => byte !== 0), -1);
  assert(createWasm("emulated").tensor(1, 1).data.buffer !== old.data.buffer);
});
