/** How the twin computes in its dtype. */
export interface Arithmetic {
  /** Rounds a float64 to the dtype. */
  readonly round: (value: number) => number;
  /** One step of a product's chain. */
  readonly multiplyAdd: (a: number, b: number, sum: number) => number;
}
