import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { checkHeaderText } from "../../lib/export/check_header_text.ts";

const check = (text: string) => checkHeaderText(text, { path: "f" });

Deno.test("checkHeaderText() passes names that are different, or of different objects", () => {
  for (
    const text of ['{"a":{"x":1},"b":{"x":[0,12]}}', '{"a":"a","b":"a"}', '{"x\\"":"{[","y" : 0}', "{}", ""]
  ) check(text);
});

Deno.test("checkHeaderText() throws what JSON.parse lets pass and the reference reader refuses", () => {
  const cases: readonly (readonly [text: string, message: string])[] = [
    ['{"a":1,"a":2}', 'name each thing once, found "a" twice'],
    // The same name, spelled otherwise.
    ['{"a":1,"\\u0061" :2}', 'name each thing once, found "a" twice'],
    ['{"a":{"b":1,"b":1}}', 'name each thing once, found "b" twice'],
    ['{"a":"\\udc00"}', 'be Unicode text, found half a character in "\\udc00"'],
    ['{"a":[[[1]]]}', "be at most 3 levels deep, found another"],
    ['{"a":-1}', "hold whole numbers such as 12, found -1"],
    ['{"a":01}', "hold whole numbers such as 12, found 01"],
    ['{"a":1.0}', "hold whole numbers such as 12, found 1.0"],
    ['{"a":1e2}', "hold whole numbers such as 12, found 1e2"],
    [`{"a":1.${"0".repeat(50)}}`, `hold whole numbers such as 12, found 1.${"0".repeat(38)}`],
  ];
  for (const [text, message] of cases) {
    assertEquals(
      assertThrows(() => check(text), InputError).message,
      `Cannot read f: its header must ${message}`,
    );
  }
  assertThrows(() => check('{"a'), SyntaxError);
});
