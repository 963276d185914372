/** A worker cannot run a trial that another may be able to; the message says what does not fit. */
export class Misfit extends Error {
  override readonly name = "Misfit";
}
