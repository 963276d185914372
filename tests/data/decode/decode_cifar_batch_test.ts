import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { decodeCifarBatch } from "../../../lib/data/decode/decode_cifar_batch.ts";
import { cifarRecords } from "../cifar_records.ts";

Deno.test("decodeCifarBatch() takes labels and planes apart", () => {
  const { rows, labels } = decodeCifarBatch(cifarRecords(3), { file: "f", rows: 3 });
  assertEquals(labels, Uint8Array.of(0, 1, 2));
  assertEquals(rows.length, 3 * 3072);
  for (const at of [0, 3071, 3072, 9215]) {
    assertEquals(rows[at], (Math.floor(at / 3072) + 1 + at % 3072) % 256);
  }
});

Deno.test("decodeCifarBatch() throws when the file is short", () => {
  const error = assertThrows(() => decodeCifarBatch(cifarRecords(2), { file: "f", rows: 3 }), InputError);
  assertEquals(error.message, "Cannot read f: it must be 3 records of 3073 bytes, found 6146 bytes");
});
