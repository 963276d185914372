import { assertEquals } from "@std/assert";
import { shortened } from "../../../lib/core/text/shortened.ts";

const LINES = "x\n".repeat(19);

Deno.test("shortened() leaves a text of 2,000 letters and 20 lines as it is", () => {
  for (const text of ["", "x".repeat(2000), `${LINES}x`]) assertEquals(shortened(text), text);
});

Deno.test("shortened() cuts a longer text and says how long it was", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["x".repeat(2001), `${"x".repeat(2000)}... (cut, it has 2001 letters)`],
    [`${LINES}x\ny`, `${LINES}x... (cut, it has 41 letters)`],
    // Half of a pair of surrogates would be no text.
    [`${"x".repeat(1999)}🎉`, `${"x".repeat(1999)}\ufffd... (cut, it has 2001 letters)`],
  ];
  for (const [text, expected] of cases) assertEquals(shortened(text), expected);
});
