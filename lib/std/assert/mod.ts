/** The part of `@std/assert` that Seedbed uses, with the names and the behaviour of the real package. */
export { AssertionError } from "./assertion_error.ts";
export { assertEquals, assertNotEquals, assertStrictEquals } from "./equality.ts";
export { assertRejects, assertThrows } from "./throwing.ts";
export { equal } from "./equal.ts";
export {
  assertAlmostEquals,
  assertGreater,
  assertGreaterOrEqual,
  assertLess,
  assertLessOrEqual,
} from "./order.ts";
export {
  assert,
  assertArrayIncludes,
  assertExists,
  assertInstanceOf,
  assertMatch,
  assertStringIncludes,
  fail,
  unreachable,
} from "./truth.ts";
