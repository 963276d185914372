import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import {
  aBoolean,
  aCount,
  aFraction,
  anObject,
  aNumber,
  anything,
  aSha256,
  aText,
  checkFields,
  either,
  type Fields,
  listOf,
  oneOf,
  type Rule,
  show,
  someText,
  wholeNumber,
} from "../../../lib/core/check/fields.ts";

const RULES:
  readonly (readonly [name: string, rule: Rule, good: readonly unknown[], bad: readonly unknown[]])[] = [
    ["anything", anything, [0, null, "", {}], [undefined]],
    ["aBoolean", aBoolean, [true, false], [0, "true", null, undefined]],
    ["wholeNumber()", wholeNumber({ min: 2 }), [2, 2 ** 53 - 1], [1, 2.5, 2 ** 53, "2", NaN, Infinity, 2n]],
    ["aCount", aCount, [0, -0, 7], [-1, 0.5]],
    ["aNumber", aNumber, [-1e308, 0], [NaN, Infinity, "1", null]],
    ["aFraction", aFraction, [0, 0.5, 1], [-1e-9, 1.000001, NaN]],
    ["oneOf()", oneOf("a", null), ["a", null], ["b", undefined, ""]],
    ["either()", either(aText, aCount), ["", 3], [-1, null]],
    // A hole of a list is no element that a rule accepts.
    ["listOf()", listOf(aText), [[], ["a"]], [["a", 1], "a", { length: 0 }, [, "a"]]],
    ["anObject", anObject, [{}, { a: 1 }], [null, [], "a"]],
    ["someText", someText, ["a", " "], ["", 1]],
    ["aSha256", aSha256, ["0f".repeat(32)], ["0F".repeat(32), "0f".repeat(31), `${"0f".repeat(32)}\n`]],
  ];

for (const [name, rule, good, bad] of RULES) {
  Deno.test(`${name} accepts what it is to accept, and nothing else`, () => {
    assertEquals(good.filter((value) => !rule.accepts(value)), []);
    assertEquals(bad.filter((value) => rule.accepts(value)), []);
  });
}

Deno.test("checkFields() accepts an object whose fields keep their rules, and optional ones that are undefined", () => {
  const fields: Fields = { required: { a: aCount }, optional: { b: aText } };
  for (const value of [{ a: 1 }, { a: 1, b: "x" }, { a: 1, b: undefined }]) {
    checkFields(value, { action: "read", path: "", ...fields });
  }
  checkFields({ a: 1, c: 2 }, { action: "read", path: "", ...fields, others: true });
});

Deno.test("checkFields() throws the path of the first field that is wrong, and what was found where something was", () => {
  const required = { a: aCount, b: oneOf("x", "y", null) };
  const cases: readonly (readonly [value: unknown, path: string, message: string])[] = [
    [undefined, "", "it must be an object"],
    [null, "solver", "solver must be an object, found null"],
    [[1], "", "it must be an object, found [1]"],
    [new Date(0), "", 'it must be an object, found "1970-01-01T00:00:00.000Z"'],
    [new Map([[1, 2]]), "", "it must be an object, found a Map"],
    [{ a: 1 }, "", 'b must be "x", "y" or null'],
    [{ a: -1, b: "x" }, "solver", "solver.a must be a whole number from 0 on, found -1"],
    [{ a: 1, b: "z" }, "", 'b must be "x", "y" or null, found "z"'],
    [{ a: 1, b: "x", c: 1 }, "solver", "solver.c is not a field, the fields are a, b"],
    [{ a: 1, b: "x", "\x1b[2J": 1 }, "", '"\\u001b[2J" is not a field, the fields are a, b'],
    // What every object has is no field of this one.
    [{ a: 1, b: "x", toString: 1 }, "", "toString is not a field, the fields are a, b"],
  ];
  for (const [value, path, message] of cases) {
    const error = assertThrows(() => checkFields(value, { action: "read", path, required }), InputError);
    assertEquals(error.message, `Cannot read: ${message}`);
  }
});

Deno.test("show() spells what JSON has no text for, and cuts at 60 characters", () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  const deep = JSON.parse("[".repeat(100_000) + "]".repeat(100_000));
  const cases: readonly (readonly [unknown, string])[] = [
    [undefined, "nothing"],
    [-0, "0"],
    [NaN, "NaN"],
    [10n, "10n"],
    [() => {}, "a function"],
    [Symbol("s"), '"Symbol(s)"'],
    [[NaN, undefined, 2n, () => {}], '["NaN","undefined","2n","a function"]'],
    [Promise.resolve(), "a Promise"],
    [new Set(), "a Set"],
    [cycle, "a value that contains itself or cannot be read"],
    [deep, "a value that is nested too deep to show"],
    ["\x1b[31m", '"\\u001b[31m"'],
    ["x".repeat(58), `"${"x".repeat(58)}"`],
    ["x".repeat(59), `"${"x".repeat(56)}...`],
  ];
  for (const [value, text] of cases) assertEquals(show(value), text);
});
