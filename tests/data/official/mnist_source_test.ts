import { assertEquals } from "@std/assert";
import { MNIST } from "../../../lib/data/official/mnist_source.ts";
import { encodeIdx } from "../tiny_source.ts";

Deno.test("MNIST puts each official file at its place", async () => {
  const labels = Array.from({ length: 10_000 }, (_, row) => row % 10);
  const file = "t10k-labels-idx1-ubyte";
  for (const decode of [MNIST.folderFiles[file], MNIST.packageFiles[`data/${file}`]]) {
    const parts = await decode(encodeIdx(labels, [10_000]), file);
    assertEquals(parts, [{ split: "test", field: "labels", first: 0, bytes: Uint8Array.from(labels) }]);
  }
  assertEquals(Object.keys(MNIST.folderFiles), [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]);
});
