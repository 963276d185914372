import { diffArrays } from "diff";
import { AssertionError, format, suffix } from "./assertion_error.ts";
import { equal } from "./equal.ts";

/** Asserts that two values are deeply equal, as {@link equal} says. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  throw new AssertionError(`Values are not equal${suffix(msg)}\n${difference(actual, expected)}`);
}

/** Asserts that two values are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) return;
  throw new AssertionError(`Expected actual: ${format(actual)} not to be: ${format(expected)}${suffix(msg)}`);
}

/** Asserts that two values are the same by `Object.is`. */
export function assertStrictEquals<T>(actual: unknown, expected: T, msg?: string): asserts actual is T {
  if (Object.is(actual, expected)) return;
  const text = format(actual);
  if (text === format(expected)) {
    const indented = text.split("\n").map((line) => `    ${line}`).join("\n");
    throw new AssertionError(
      `Values have the same structure but are not reference-equal${suffix(msg)}\n\n${indented}\n`,
    );
  }
  throw new AssertionError(`Values are not strictly equal${suffix(msg)}\n${difference(actual, expected)}`);
}

/** Returns the lines of both values, those of `actual` alone with "-" and those of `expected` alone with "+". */
function difference(actual: unknown, expected: unknown): string {
  const lines = diffArrays(linesOf(actual), linesOf(expected)).flatMap((part) => {
    const mark = part.removed ? "-" : part.added ? "+" : " ";
    return part.value.map((line) => `${mark}   ${line}`);
  });
  return ["", "", "    [Diff] Actual / Expected", "", "", ...lines, ""].join("\n");
}

function linesOf(value: unknown): string[] {
  return (typeof value === "string" ? JSON.stringify(value).replaceAll("\\n", "\\n\n") : format(value)).split(
    "\n",
  );
}
