import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { parseShard } from "../../../lib/runner/plan/parse_shard.ts";

Deno.test("parseShard() reads which part of how many", () => {
  assertEquals(parseShard("1/1"), { index: 1, count: 1 });
  assertEquals(parseShard("007/999999"), { index: 7, count: 999_999 });
});

Deno.test("parseShard() throws when it is no part", () => {
  for (const text of ["", "1", "0/2", "3/2", "1/0", "1/2/3", "-1/2", "1.5/2", " 1/2", "1/1000000", "a/b"]) {
    const error = assertThrows(() => parseShard(text), InputError);
    assertEquals(
      error.message,
      `Cannot read --shard: it must be I/N with I from 1 to N, found ${JSON.stringify(text)}`,
    );
  }
});
