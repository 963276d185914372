import {
  assert,
  assertAlmostEquals,
  assertArrayIncludes,
  assertEquals,
  assertExists,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  AssertionError,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  equal,
  fail,
  unreachable,
} from "@std/assert";

const cycle: { self?: unknown } = {};
cycle.self = cycle;
const otherCycle: { self?: unknown } = {};
otherCycle.self = otherCycle;

const comparisons: readonly (readonly [name: string, a: unknown, b: unknown, equal: boolean])[] = [
  ["numbers", 1, 1, true],
  ["different numbers", 1, 2, false],
  ["NaN", NaN, NaN, true],
  ["0 and -0", 0, -0, true],
  ["a number and its text", 1, "1", false],
  ["null and undefined", null, undefined, false],
  ["null and an object", null, {}, false],
  ["nested objects", { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, true],
  ["keys in another order", { a: 1, b: 2 }, { b: 2, a: 1 }, true],
  ["an undefined property", { a: undefined }, {}, false],
  ["an undefined property under another name", { a: undefined }, { b: undefined }, false],
  ["a null prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }, true],
  ["arrays of different length", [1], [1, undefined], false],
  ["an array and an object", [1], { 0: 1 }, false],
  ["typed arrays", new Float32Array([NaN, 0]), new Float32Array([NaN, -0]), true],
  ["different typed arrays", new Uint8Array([1]), new Uint8Array([2]), false],
  ["typed arrays of different type", new Uint8Array([1]), new Int8Array([1]), false],
  ["shared buffers", new SharedArrayBuffer(2), new SharedArrayBuffer(2), true],
  ["buffers", new Uint8Array([1]).buffer, new Uint8Array([2]).buffer, false],
  ["sets in another order", new Set([1, { a: 1 }]), new Set([{ a: 1 }, 1]), true],
  ["different sets", new Set([1, 2]), new Set([1, 3]), false],
  ["maps", new Map([["a", [1]]]), new Map([["a", [1]]]), true],
  ["different maps", new Map([["a", 1]]), new Map([["a", 2]]), false],
  ["dates", new Date(5), new Date(5), true],
  ["different dates", new Date(5), new Date(6), false],
  ["regular expressions", /a/g, /a/i, false],
  ["errors", new Error("a"), new Error("b"), false],
  ["symbols as keys", { [Symbol.iterator]: 1 }, { [Symbol.iterator]: 2 }, false],
  ["cycles", cycle, otherCycle, true],
];

for (const [name, a, b, expected] of comparisons) {
  Deno.test(`equal() returns ${expected} when given ${name}`, () => {
    if (equal(a, b) !== expected) throw new Error(`found ${!expected}`);
    const check = expected ? assertEquals : assertNotEquals;
    check(a, b);
    assertThrows(() => (expected ? assertNotEquals : assertEquals)(a, b), AssertionError);
  });
}

const failures: readonly (readonly [name: string, run: () => void, message: string])[] = [
  ["assert()", () => assert(0), ""],
  ["assert()", () => assert("", "why"), "why"],
  ["assertExists()", () => assertExists(null), 'Expected actual: "null" to not be null or undefined.'],
  ["assertMatch()", () => assertMatch("a", /b/), 'Expected actual: "a" to match: "/b/".'],
  [
    "assertStringIncludes()",
    () => assertStringIncludes("a", "b", "why"),
    'Expected actual: "a" to contain: "b": why',
  ],
  [
    "assertAlmostEquals()",
    () => assertAlmostEquals(1, 2, 0.5),
    'Expected actual: "1" to be close to "2": delta "1" is greater than "5e-1".',
  ],
  ["assertGreater()", () => assertGreater(1, 1), "Expect 1 > 1"],
  ["assertGreaterOrEqual()", () => assertGreaterOrEqual(0, 1), "Expect 0 >= 1"],
  ["assertLess()", () => assertLess(1, 1), "Expect 1 < 1"],
  ["assertLessOrEqual()", () => assertLessOrEqual(NaN, 1), "Expect NaN <= 1"],
  [
    "assertArrayIncludes()",
    () => assertArrayIncludes([1], [1, 2]),
    'Expected actual: "[\n  1,\n]" to include: "[\n  1,\n  2,\n]".\nmissing: [\n  2,\n]',
  ],
  [
    "assertInstanceOf()",
    () => assertInstanceOf(1, Date),
    'Expected object to be an instance of "Date" but was "number".',
  ],
  ["assertStrictEquals()", () => assertStrictEquals<unknown>(0, -0), "Values are not strictly equal."],
  [
    "assertStrictEquals()",
    () => assertStrictEquals<unknown>({}, {}),
    "Values have the same structure but are not reference-equal.",
  ],
  ["assertEquals()", () => assertEquals(1, 2, "why"), "Values are not equal: why"],
  ["assertNotEquals()", () => assertNotEquals(1, 1), "Expected actual: 1 not to be: 1."],
  ["fail()", () => fail("why"), "Failed assertion: why"],
  ["unreachable()", () => unreachable(), "Unreachable."],
  ["assertThrows()", () => void assertThrows(() => {}), "Expected function to throw."],
  [
    "assertThrows()",
    () => void assertThrows(() => fail(), TypeError),
    'Expected error to be instance of "TypeError", but was "AssertionError".',
  ],
  [
    "assertThrows()",
    () => void assertThrows(() => fail(), AssertionError, "other"),
    'Expected error message to include "other", but got "Failed assertion.".',
  ],
];

for (const [name, run, message] of failures) {
  Deno.test(`${name} throws an AssertionError when it fails: ${JSON.stringify(message)}`, () => {
    const error = assertThrows(run, AssertionError);
    if (error.message.split("\n\n")[0].trimEnd() !== message) throw new Error(`found ${error.message}`);
  });
}

Deno.test("assertEquals() marks the lines that differ when it fails", () => {
  const error = assertThrows(() => assertEquals({ a: 1, b: 2 }, { a: 1, b: 3 }), AssertionError);
  assertStringIncludes(
    error.message,
    "    [Diff] Actual / Expected\n\n\n    {\n      a: 1,\n-     b: 2,\n+     b: 3,\n    }",
  );
});

Deno.test("assertions return when they hold", () => {
  assert(1);
  assertExists(0);
  assertMatch("abc", /b/);
  assertStringIncludes("abc", "b");
  assertAlmostEquals(0.1 + 0.2, 0.3);
  assertAlmostEquals(1, 1.4, 0.5);
  assertGreater(2, 1);
  assertGreaterOrEqual(1, 1);
  assertLess(1, 2);
  assertLessOrEqual(1, 1);
  assertArrayIncludes([1, { a: 2 }], [{ a: 2 }]);
  assertInstanceOf(new RangeError(), Error);
  assertStrictEquals(NaN, NaN);
});

Deno.test("assertRejects() returns the reason when the promise rejects", async () => {
  const error = await assertRejects(() => Promise.reject(new RangeError("far")), RangeError, "far");
  assertEquals(error.message, "far");
});

Deno.test("assertRejects() fails when nothing rejects", async () => {
  const failing: readonly (readonly [run: () => Promise<unknown>, message: string])[] = [
    [() => assertRejects(() => Promise.resolve()), "Expected function to reject."],
    [() => assertRejects(() => fail()), "Function throws when expected to reject."],
    [() => assertRejects(() => Promise.reject(1), Error), "A non-Error object was rejected."],
  ];
  for (const [run, message] of failing) {
    const error = await run().then(() => null, (reason) => reason);
    assertInstanceOf(error, AssertionError);
    assertEquals(error.message, message);
  }
});
