import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { stableJson, stableJsonParts } from "../../../lib/report/files/stable_json.ts";

Deno.test("stableJson() writes the bytes of JSON that reads back equal", () => {
  const value = {
    text: 'a"\n',
    numbers: [1e-7, 1 / 3, 2 ** 60, 100],
    none: null,
    empty: {},
    list: [{ a: [] }],
  };
  const text = stableJson(value);
  assertEquals(JSON.parse(text), value);
  assertStringIncludes(text, '"numbers": [1e-7, 0.3333333333333333, 1.152921504606847e+18, 100]');
});

Deno.test("stableJsonParts() yields the bytes of stableJson(), a long list in many parts", () => {
  const list = Array.from({ length: 100 }, (_, i) => ({ i, deep: [{ i: [i] }, i] }));
  for (
    const value of [{}, { list }, { none: [], a: 1, list, mixed: [1, {}], plain: [1, 2], last: { list } }]
  ) {
    assertEquals([...stableJsonParts(value)].join(""), stableJson(value));
  }
  assert([...stableJsonParts({ list })].length > list.length);
});

Deno.test("stableJson() throws when a number is not finite", () => {
  assertThrows(
    () => stableJson({ loss: NaN }),
    TypeError,
    "Cannot write JSON: a value must have a form in JSON, found NaN",
  );
});
