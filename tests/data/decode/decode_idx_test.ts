import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { decodeIdx } from "../../../lib/data/decode/decode_idx.ts";
import { encodeIdx } from "../tiny_source.ts";

Deno.test("decodeIdx() returns the values when the header fits", () => {
  const bytes = encodeIdx([1, 2, 3, 4, 5, 6], [3, 2]);
  assertEquals(decodeIdx(bytes, { file: "f", dims: [3, 2] }), Uint8Array.of(1, 2, 3, 4, 5, 6));
});

const badIdx: readonly (readonly [bytes: Uint8Array, found: string])[] = [
  [new Uint8Array(), "0 bytes that begin with none"],
  [encodeIdx([1, 2], [1, 2]), "14 bytes that begin with 00 00 08 02 00 00 00 01 00 00 00 02"],
  [encodeIdx([1, 2], [2]), "10 bytes that begin with 00 00 08 01 00 00 00 02 01 02"],
  [encodeIdx([1, 2, 3], [2, 1]), "15 bytes that begin with 00 00 08 02 00 00 00 02 00 00 00 01"],
  [encodeIdx([1, 2], [2, 1]).with(2, 9), "14 bytes that begin with 00 00 09 02 00 00 00 02 00 00 00 01"],
];

for (const [bytes, found] of badIdx) {
  Deno.test(`decodeIdx() throws when it finds ${found}`, () => {
    const error = assertThrows(() => decodeIdx(bytes, { file: "f", dims: [2, 1] }), InputError);
    assertEquals(error.message, `Cannot read f: it must be an IDX file of 2 x 1 bytes, found ${found}`);
  });
}
