/** A worker cannot run a trial that another may be able to run; the message says why. */
export class UnsuitableTrialError extends Error {
  override readonly name = "UnsuitableTrialError";
}
