import { assertEquals } from "@std/assert";
import { TextDictionary } from "../../../../lib/data/reading/delimited/text_dictionary.ts";

Deno.test("TextDictionary numbers texts in the order of their first rows, however many there are", () => {
  const decoder = new TextDecoder();
  let decoded = 0;
  const dictionary = new TextDictionary({
    decode: (bytes) => {
      decoded++;
      return decoder.decode(bytes);
    },
    isMissing: (text) => text === "?" || text === "",
  });
  const encoder = new TextEncoder();
  const field = (text: string) => {
    const source = encoder.encode(`x${text}x`);
    return { source, from: 1, to: source.length - 1 };
  };
  const texts = Array.from({ length: 5000 }, (_, i) => `t${(i * 7919) % 1500}`);
  const expected = [...new Set(texts)];
  texts.forEach((text, row) => {
    assertEquals(dictionary.add(field(text), row), expected.indexOf(text));
    if (row % 100 === 0) assertEquals(dictionary.add(field(row % 200 === 0 ? "?" : ""), row), NaN);
  });
  assertEquals(dictionary.texts, expected);
  assertEquals(decoded, expected.length + 2);
  assertEquals(dictionary.firstRows, expected.map((text) => texts.indexOf(text)));
  assertEquals(dictionary.counts, expected.map((text) => texts.filter((it) => it === text).length));
});

Deno.test("TextDictionary counts a row once that is read twice", () => {
  const decoder = new TextDecoder();
  const dictionary = new TextDictionary({ decode: (bytes) => decoder.decode(bytes), isMissing: () => false });
  const source = new TextEncoder().encode("ab");
  for (const row of [0, 0, 1, 1, 2]) dictionary.add({ source, from: 0, to: 1 }, row);
  assertEquals(dictionary.counts, [3]);
});
