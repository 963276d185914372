import { assertEquals } from "@std/assert";
import { ByteReader } from "../../../lib/runner/history/byte_reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const readerOf = (...chunks: readonly string[]) => new ByteReader(ReadableStream.from(chunks.map(bytes)));

Deno.test("ByteReader reads lines and bytes however the stream is cut", async () => {
  const text = "first\n\nabcdefgh\nlast";
  for (const size of [1, 2, 5, 7, 100]) {
    const chunks = Array.from(
      { length: Math.ceil(text.length / size) },
      (_, at) => text.slice(at * size, (at + 1) * size),
    );
    const reader = readerOf(...chunks);
    assertEquals([await reader.line(), await reader.line()], ["first", ""]);
    assertEquals(await reader.take(3), bytes("abc"));
    assertEquals(await reader.take(0), bytes(""));
    assertEquals(await reader.skip(2), null);
    assertEquals([await reader.line(), await reader.line(), await reader.line()], ["fgh", "last", null]);
  }
});

Deno.test("ByteReader gives what there is at the end of the stream", async () => {
  const reader = readerOf("ab", "c");
  assertEquals(await reader.take(10), bytes("abc"));
  assertEquals([await reader.take(1), await reader.skip(1)], [bytes(""), null]);
});
