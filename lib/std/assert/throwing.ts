import { stripVTControlCharacters } from "node:util";
import { AssertionError, suffix } from "./assertion_error.ts";

/** The class of an expected error. */
// The parameters of a constructor are contravariant: only `any` accepts every class of errors.
// deno-lint-ignore no-explicit-any
type ErrorClass<E extends Error> = new (...args: any[]) => E;

/** Asserts that a function throws, and returns what it threw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Asserts that a function throws an error of a class whose message includes a text, and returns it. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  classOrMessage?: ErrorClass<E> | string,
  includesOrMessage?: string,
  msg?: string,
): unknown {
  const expected = readExpected(classOrMessage, includesOrMessage, msg);
  let error: unknown;
  try {
    fn();
  } catch (thrown) {
    error = thrown;
    checkError(thrown, expected, "thrown");
    return error;
  }
  throw new AssertionError(`Expected function to throw${suffix(expected.message)}`);
}

/** Asserts that a promise rejects, and returns the reason. */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/** Asserts that a promise rejects with an error of a class whose message includes a text, and returns it. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  classOrMessage?: ErrorClass<E> | string,
  includesOrMessage?: string,
  msg?: string,
): Promise<unknown> {
  const expected = readExpected(classOrMessage, includesOrMessage, msg);
  const promise = callForPromise(fn, expected.message);
  try {
    await promise;
  } catch (reason) {
    checkError(reason, expected, "rejected");
    return reason;
  }
  throw new AssertionError(`Expected function to reject${suffix(expected.message)}`);
}

interface Expected {
  readonly ErrorClass?: ErrorClass<Error>;
  readonly includes?: string;
  readonly message?: string;
}

function readExpected(
  classOrMessage: ErrorClass<Error> | string | undefined,
  includesOrMessage: string | undefined,
  message: string | undefined,
): Expected {
  if (typeof classOrMessage === "string") return { message: classOrMessage };
  return { ErrorClass: classOrMessage, includes: includesOrMessage, message };
}

function callForPromise(fn: () => PromiseLike<unknown>, message: string | undefined): PromiseLike<unknown> {
  let result: PromiseLike<unknown> | undefined;
  try {
    result = fn();
  } catch {
    // A function that throws before it returns a promise has not rejected: the check below says so.
  }
  if (typeof result?.then === "function") return result;
  throw new AssertionError(`Function throws when expected to reject${suffix(message)}`);
}

function checkError(error: unknown, { ErrorClass, includes, message }: Expected, verb: string): void {
  if (ErrorClass === undefined) return;
  if (!(error instanceof Error)) {
    throw new AssertionError(`A non-Error object was ${verb}${suffix(message)}`);
  }
  if (!(error instanceof ErrorClass)) {
    throw new AssertionError(
      `Expected error to be instance of "${ErrorClass.name}", but was "${nameClass(error)}"${
        suffix(message)
      }`,
    );
  }
  const text = stripVTControlCharacters(error.message);
  if (includes !== undefined && !text.includes(stripVTControlCharacters(includes))) {
    throw new AssertionError(
      `Expected error message to include ${JSON.stringify(includes)}, but got ${
        JSON.stringify(error.message)
      }${suffix(message)}`,
    );
  }
}

function nameClass(value: object): string | undefined {
  return value.constructor?.name;
}
