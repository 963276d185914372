/**
 * Something the user can mend: a wrong experiment file, flag, field, data file or folder.
 *
 * The message reads `Cannot <action>: <what is wrong>, <what was found>` and names the field path, the file and
 * line, or the flag that mends it. The command line prints it without a stack trace and exits with 2.
 */
export class InputError extends Error {
  /** Tells it from other errors, also across copies of this module. */
  override readonly name = "InputError";
}

/**
 * The promise "same seed, same bits" did not hold: two runs of one trial gave different values.
 *
 * It stops the run; both values stand in the message.
 */
export class BrokenPromiseError extends Error {
  override readonly name = "BrokenPromiseError";
}

/**
 * A model gave a row no finite score, so that no class can be predicted for it.
 *
 * The message names the row. The command line exits with 4, as for a trial that diverged.
 */
export class UnpredictableError extends Error {
  /** Its name, which errors are recognized by. */
  override readonly name = "UnpredictableError";
}
