import { assertEquals } from "@std/assert";
import { messageOf } from "../../../lib/core/check/message_of.ts";

Deno.test("messageOf() is an error's message, and the text of any other value", () => {
  const cases: readonly (readonly [thrown: unknown, message: string])[] = [
    [new RangeError("too long"), "too long"],
    [new Error(""), ""],
    ["broken", "broken"],
    [undefined, "undefined"],
    [{ message: "of no error" }, "[object Object]"],
  ];
  for (const [thrown, message] of cases) assertEquals(messageOf(thrown), message);
});
