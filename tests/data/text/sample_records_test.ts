import { assertEquals } from "@std/assert";
import { sampleRecords } from "../../../lib/data/text/sample_records.ts";

Deno.test("sampleRecords() returns the whole records at the start", () => {
  const read = (text: string, options: { readonly isLast?: boolean; readonly most?: number } = {}) =>
    sampleRecords(new TextEncoder().encode(text), {
      file: "t.csv",
      separator: 44,
      quote: 34,
      comment: new TextEncoder().encode("é"),
      isLast: false,
      ...options,
    });
  const first = { line: 2, fields: ["a", "b\nc"] };
  const text = '\r\n a , "b\r\nc"\r\né note\n1,';
  assertEquals(read(text), [first]);
  assertEquals(read(text, { isLast: true }), [first, { line: 5, fields: ["1", ""] }]);
  assertEquals(read("1\n2\n3\n", { most: 2 }).length, 2);
  assertEquals(read("\r"), []);
  assertEquals(read("é"), []);
});
