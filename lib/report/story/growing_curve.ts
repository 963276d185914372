/** The measurements of a trial by epoch, all of one length; index 0 is before training, and NaN is not measured. */
export interface Curve {
  /** Mean training loss; NaN before training. */
  readonly loss: Float64Array;
  /** Fractions. */
  readonly trainAccuracy: Float64Array;
  /** Fractions. */
  readonly validationAccuracy: Float64Array;
}

/** One point of a curve. */
export interface CurvePoint {
  readonly epoch: number;
  /** Null before training. */
  readonly loss: number | null;
  readonly trainAccuracy: number;
  readonly validationAccuracy: number;
}

const FIRST_ROOM = 8;

/** A curve to which epochs are added, in any order; it takes 24 bytes an epoch, and at most twice that. */
export class GrowingCurve {
  /** The three metrics one after the other, each with room for the same number of epochs. */
  #values = emptyValues(FIRST_ROOM);
  #length = 0;

  /** The number of epochs up to the last one, those that are missing included. */
  get length(): number {
    return this.#length;
  }

  /**
   * Adds an epoch, or replaces it.
   *
   * @returns Whether it is new.
   */
  add({ epoch, loss, trainAccuracy, validationAccuracy }: CurvePoint): boolean {
    if (epoch >= this.#room) this.#grow(epoch + 1);
    const [values, room] = [this.#values, this.#room];
    const isNew = Number.isNaN(values[2 * room + epoch]);
    values[epoch] = loss ?? NaN;
    values[room + epoch] = trainAccuracy;
    values[2 * room + epoch] = validationAccuracy;
    this.#length = Math.max(this.#length, epoch + 1);
    return isNew;
  }

  /** Returns the last epoch; null if there is none. */
  last(): CurvePoint | null {
    if (this.#length === 0) return null;
    const epoch = this.#length - 1;
    const [loss, trainAccuracy, validationAccuracy] = [0, 1, 2].map((metric) =>
      this.#values[metric * this.#room + epoch]
    );
    return { epoch, loss: Number.isNaN(loss) ? null : loss, trainAccuracy, validationAccuracy };
  }

  /** Returns the epochs so far, without a copy: an epoch that is replaced changes there too. */
  curve(): Curve {
    const [loss, trainAccuracy, validationAccuracy] = [0, 1, 2].map((metric) =>
      this.#values.subarray(metric * this.#room, metric * this.#room + this.#length)
    );
    return { loss, trainAccuracy, validationAccuracy };
  }

  get #room(): number {
    return this.#values.length / 3;
  }

  #grow(least: number): void {
    const room = Math.max(least, 2 * this.#room);
    const { loss, trainAccuracy, validationAccuracy } = this.curve();
    const values = emptyValues(room);
    for (const [metric, column] of [loss, trainAccuracy, validationAccuracy].entries()) {
      values.set(column, metric * room);
    }
    this.#values = values;
  }
}

function emptyValues(room: number): Float64Array {
  return new Float64Array(3 * room).fill(NaN);
}
