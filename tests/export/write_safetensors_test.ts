import { assertEquals } from "@std/assert";
import { writeSafetensors } from "../../lib/export/write_safetensors.ts";

Deno.test("writeSafetensors() writes length, header and tensors, each at its place", () => {
  const file = writeSafetensors({
    metadata: { a: "é" },
    tensors: [
      { name: "x", dtype: "float64", shape: [2], bytes: new Uint8Array(16).fill(1) },
      { name: "y", dtype: "float32", shape: [], bytes: Uint8Array.of(2, 3, 4, 5) },
    ],
  });
  const header = '{"__metadata__":{"a":"é"},"x":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},' +
    '"y":{"dtype":"F32","shape":[],"data_offsets":[16,20]}}';
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  assertEquals(new TextDecoder().decode(file.subarray(8, 8 + length)).trimEnd(), header);
  // Tensors begin at a multiple of 8, behind blanks.
  assertEquals([length % 8, length - new TextEncoder().encode(header).length < 8], [0, true]);
  assertEquals([...file.subarray(8 + length)], [...Array(16).fill(1), 2, 3, 4, 5]);
});
