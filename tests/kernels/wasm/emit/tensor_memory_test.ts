import { assertEquals, assertThrows } from "@std/assert";
import { createTensorMemory } from "../../../../lib/kernels/wasm/emit/tensor_memory.ts";

const PAGE = 65536;

function start() {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  return { memory, tensors: createTensorMemory(memory, "float32") };
}

Deno.test("createTensorMemory() keeps what tensors and lists hold when the memory grows", () => {
  const { memory, tensors } = start();
  const [tensor, indices] = [tensors.tensor(2, 3), tensors.indices(4)];
  tensor.data.set([1, 2, 3, 4, 5, 6]);
  indices.data.set([7, 8, 9, 10]);
  const before = memory.buffer;
  tensors.reserve(3 * PAGE);
  assertEquals(memory.buffer === before, false);
  assertEquals([...tensor.data, ...indices.data], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assertEquals(tensors.bytes().length, memory.buffer.byteLength);
});

Deno.test("createTensorMemory() starts tensors at multiples of 64 bytes, with 64 bytes of room behind each", () => {
  const { tensors } = start();
  const [first, second] = [tensors.tensor(1, 17), tensors.tensor(1, 1)];
  const [at, next] = [first, second].map(tensors.addressOf);
  assertEquals([at % 64, next % 64], [0, 0]);
  assertEquals(next >= at + 17 * 4 + 64, true);
});

Deno.test("TensorMemory.addressOf() throws when a tensor is of another memory", () => {
  const tensor = start().tensors.tensor(1, 1);
  assertThrows(
    () => start().tensors.addressOf(tensor),
    Error,
    "Cannot bind a kernel: a tensor must be laid out by its own kernels",
  );
});

Deno.test("TensorMemory.release() makes all zero once, and nothing is laid out behind it", () => {
  const { memory, tensors } = start();
  tensors.tensor(5, 5).data.fill(NaN);
  assertEquals([tensors.release(), tensors.release()], [true, false]);
  assertEquals(new Uint8Array(memory.buffer).findIndex((byte) => byte !== 0), -1);
  assertThrows(() => tensors.tensor(1, 1), Error, "Cannot lay out a tensor: its kernels were freed");
});
