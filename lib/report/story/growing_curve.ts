import { inMetricOrder, type MetricName, type MetricValues } from "../../core/facts/metric.ts";

/** The measurements of a trial by epoch, all of one length; index 0 is before training, and NaN is not measured. */
export type Curve = MetricCurves & {
  /** Mean training loss; NaN before training. */
  readonly loss: Float64Array;
  /** Fractions; NaN of numbers. */
  readonly trainAccuracy: Float64Array;
  /** Only of numbers. */
  readonly trainRmse?: Float64Array;
  /** Fractions; NaN of numbers. */
  readonly validationAccuracy: Float64Array;
};

/** Further metrics by epoch, where some are declared. */
type MetricCurves = { readonly [Name in MetricName]?: Float64Array };

/** One point of a curve. */
export interface CurvePoint {
  readonly epoch: number;
  /** Null before training. */
  readonly loss: number | null;
  /** Not of numbers. */
  readonly trainAccuracy?: number;
  /** Only of numbers. */
  readonly trainRmse?: number;
  /** Not of numbers. */
  readonly validationAccuracy?: number;
  /** The further metrics; only where some are declared. */
  readonly metrics?: MetricValues;
}

const FIRST_ROOM = 8;
const USUAL = ["loss", "trainAccuracy", "validationAccuracy"] as const;
const VALIDATION_ACCURACY = USUAL.indexOf("validationAccuracy");

/** A curve to which epochs are added, in any order; it takes 8 bytes an epoch and metric, and at most twice that. */
export class GrowingCurve {
  /** Further columns: RMSE on training rows of numbers, and the further metrics, as the first epoch that is added has them. */
  #further: readonly (MetricName | "trainRmse")[] = [];
  /** The metrics one after the other, each with room for the same number of epochs. */
  #values = new Float64Array();
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
  add(
    { epoch, loss, trainAccuracy = NaN, trainRmse, validationAccuracy = NaN, metrics = {} }: CurvePoint,
  ): boolean {
    if (this.#length === 0) {
      const names = inMetricOrder(Object.keys(metrics) as MetricName[]);
      this.#further = trainRmse === undefined ? names : ["trainRmse", ...names];
    }
    if (epoch >= this.#room) this.#grow(epoch + 1);
    const [values, room] = [this.#values, this.#room];
    const isNew = Number.isNaN(values[this.#measured * room + epoch]);
    const usual = [loss ?? NaN, trainAccuracy, validationAccuracy];
    for (let column = 0; column < usual.length; column++) values[column * room + epoch] = usual[column];
    for (let index = 0; index < this.#further.length; index++) {
      const name = this.#further[index];
      values[(usual.length + index) * room + epoch] = (name === "trainRmse" ? trainRmse : metrics[name]) ??
        NaN;
    }
    this.#length = Math.max(this.#length, epoch + 1);
    return isNew;
  }

  /** Returns the last epoch; null if there is none. */
  last(): CurvePoint | null {
    return this.at(this.#length - 1);
  }

  /** Returns an epoch; null if it is missing. */
  at(epoch: number): CurvePoint | null {
    const valueOf = (column: number) => this.#values[column * this.#room + epoch];
    if (epoch < 0 || epoch >= this.#length || Number.isNaN(valueOf(this.#measured))) return null;
    const [loss, trainAccuracy, validationAccuracy] = USUAL.map((_, column) => valueOf(column));
    const further = this.#further.map((name, index) => [name, valueOf(USUAL.length + index)] as const);
    const named = Object.fromEntries(further.filter(([name]) => name !== "trainRmse"));
    return {
      epoch,
      loss: Number.isNaN(loss) ? null : loss,
      ...this.#isOfNumbers ? { trainRmse: further[0][1] } : { trainAccuracy, validationAccuracy },
      ...Object.keys(named).length === 0 ? {} : { metrics: named },
    };
  }

  /** Returns the epochs so far, without a copy: an epoch that is replaced changes there too. */
  curve(): Curve {
    const columns = [...USUAL, ...this.#further].map((name, column) =>
      [name, this.#values.subarray(column * this.#room, column * this.#room + this.#length)] as const
    );
    // The usual metrics are among the names.
    return Object.fromEntries(columns) as unknown as Curve;
  }

  get #isOfNumbers(): boolean {
    return this.#further[0] === "trainRmse";
  }

  /** A column that each epoch has a number in. */
  get #measured(): number {
    return this.#isOfNumbers ? USUAL.length : VALIDATION_ACCURACY;
  }

  get #columns(): number {
    return USUAL.length + this.#further.length;
  }

  get #room(): number {
    return this.#values.length / this.#columns;
  }

  #grow(least: number): void {
    const room = Math.max(least, FIRST_ROOM, 2 * this.#room);
    const values = new Float64Array(this.#columns * room).fill(NaN);
    for (let column = 0; column < this.#columns; column++) {
      values.set(
        this.#values.subarray(column * this.#room, column * this.#room + this.#length),
        column * room,
      );
    }
    this.#values = values;
  }
}
