/**
 * An error that the user can fix: a wrong experiment file, flag, field, data file or folder.
 *
 * The message reads `Cannot <action>: <what is wrong>`, with `, found <what was found>` where something was, and names
 * the field path, the file and line, or the flag that fixes it. The command line prints it without a stack trace and exits with 2.
 *
 * @example
 * ```ts
 * import { InputError, mnist } from "@seedbed/seedbed";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => mnist({ train: 0, validation: 5_000, test: 10_000 }),
 *   InputError,
 *   "Cannot use data: data.train must be a whole number from 1 on, found 0",
 * );
 * ```
 */
export class InputError extends Error {
  /** Identifies the error, also across copies of this module. */
  override readonly name = "InputError";
}

/**
 * The promise "same seed, same bits" did not hold: two runs of one trial gave different values.
 *
 * It stops the run; the message has both values.
 */
export class BrokenPromiseError extends Error {
  override readonly name = "BrokenPromiseError";
}

/**
 * A model computed no finite score for a row, so that it predicts no class.
 *
 * The message names the row. The command line exits with 4, as for a trial that diverged.
 */
export class UnpredictableError extends Error {
  /** Identifies the error, also across copies of this module. */
  override readonly name = "UnpredictableError";
}
