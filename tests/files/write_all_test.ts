import { assertEquals } from "@std/assert";
import { writeAll, writeAllSync } from "../../lib/files/write_all.ts";

/** A file that takes at most three bytes at a time. */
function shortFile() {
  const taken: number[] = [];
  const writeSync = (bytes: Uint8Array) => {
    taken.push(...bytes.subarray(0, 3));
    return Math.min(3, bytes.length);
  };
  return { taken, writeSync, write: (bytes: Uint8Array) => Promise.resolve(writeSync(bytes)) };
}

const BYTES = Uint8Array.from({ length: 10 }, (_, i) => i);

Deno.test("writeAll() writes every byte when a write takes a part of them", async () => {
  const file = shortFile();
  await writeAll(file, BYTES);
  assertEquals(file.taken, [...BYTES]);
});

Deno.test("writeAllSync() writes every byte when a write takes a part of them", () => {
  const file = shortFile();
  writeAllSync(file, BYTES);
  assertEquals(file.taken, [...BYTES]);
});
