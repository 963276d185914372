import { assertEquals, assertThrows } from "@std/assert";
import {
  amount,
  amountOrAuto,
  choice,
  count,
  type Flag,
  pairs,
  texts,
  toggle,
  value,
  withDefault,
} from "../../../lib/cli/args/flag.ts";
import { InputError } from "../../../lib/core/check/errors.ts";

const about = "what it is for";
const text = { about, value: "X" };

Deno.test("a flag reads the texts that were given for it", () => {
  const cases: readonly (readonly [Flag, given: readonly string[], read: unknown])[] = [
    [toggle("a", { about }), [], false],
    [toggle("a", { about }), [""], true],
    [value("a", text), [], undefined],
    [value("a", text), ["x y"], "x y"],
    [value("a", { ...text, parse: (given: string) => given.length }), ["abc"], 3],
    [value("a", { ...text, parse: (given: string) => given.length }), [], undefined],
    [count("a", text), ["7"], 7],
    [count("a", text), ["1e3"], 1000],
    [count("a", { ...text, min: 0 }), ["0"], 0],
    [count("a", text), [], undefined],
    [amount("a", { about }), ["0"], 0],
    [amount("a", { about }), ["0.25"], 0.25],
    [amount("a", { about }), ["1"], 1],
    [amountOrAuto("a", { about }), ["auto"], "auto"],
    [amountOrAuto("a", { about }), ["0.25"], 0.25],
    [choice("a", { about, choices: ["x", "y"] }), ["y"], "y"],
    [choice("a", { about, choices: ["x", "y"] }), [], undefined],
    [texts("a", text), [], []],
    [texts("a", text), ["x", "y"], ["x", "y"]],
    [pairs("a", text), ["rate=0.1", "name=a=b", "empty="], [["rate", "0.1"], ["name", "a=b"], ["empty", ""]]],
    [withDefault(count("a", text), () => 5), [], 5],
    [withDefault(count("a", text), () => 5), ["2"], 2],
  ];
  for (const [flag, given, read] of cases) assertEquals(flag.read(given), read, `${flag.value} ${given}`);
});

Deno.test("a flag throws what it must be, and what was found, when its text is wrong", () => {
  const whole = "it must be a whole number of at least";
  const cases: readonly (readonly [Flag, given: string, message: string])[] = [
    [count("a", text), "0", `${whole} 1, found "0"`],
    [count("a", text), "1.5", `${whole} 1, found "1.5"`],
    [count("a", text), " ", `${whole} 1, found " "`],
    [count("a", { ...text, min: 0 }), "-1", `${whole} 0, found "-1"`],
    [count("a", text), "Infinity", `${whole} 1, found "Infinity"`],
    [count("a", text), "7 apples", `${whole} 1, found "7 apples"`],
    [amount("a", { about }), "Infinity", 'it must be a number from 0 on, found "Infinity"'],
    [amount("a", { about }), "NaN", 'it must be a number from 0 on, found "NaN"'],
    [amount("a", { about }), " ", 'it must be a number from 0 on, found " "'],
    [amountOrAuto("a", { about }), "AUTO", 'it must be a number from 0 on, or auto, found "AUTO"'],
    [amountOrAuto("a", { about }), "-1", 'it must be a number from 0 on, or auto, found "-1"'],
    [choice("a", { about, choices: ["x", "y"] }), "X", 'it must be one of x, y, found "X"'],
    [pairs("a", text), "rate", 'it must be NAME=VALUE, found "rate"'],
    [pairs("a", text), "=1", 'it must be NAME=VALUE, found "=1"'],
  ];
  for (const [flag, given, message] of cases) {
    const error = assertThrows(() => flag.read([given]), InputError);
    assertEquals(error.message, `Cannot read --a: ${message}`);
  }
});

Deno.test("a flag keeps what help and launcher read of it", () => {
  const facts = { more: "**more**", grants: "read", isRequired: true } as const;
  assertEquals(
    [toggle, value, count, texts, pairs].map((make) => {
      const { name, about: said, more, grants, isRequired } = make("a", { ...text, ...facts });
      return { name, about: said, more, grants, isRequired };
    }),
    Array(5).fill({ name: "a", about, ...facts }),
  );
  const flags = [toggle("a", { about }), value("a", text), texts("a", text), pairs("a", text)];
  assertEquals(flags.map((flag) => [flag.value, flag.isRepeatable]), [
    [null, false],
    ["X", false],
    ["X", true],
    ["X", true],
  ]);
  assertEquals(amount("a", { about }).value, "AMOUNT");
  assertEquals(choice("a", { about, choices: ["x", "y"] }).value, "x|y");
});
