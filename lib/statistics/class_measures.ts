/** How well one class is predicted. */
export interface ClassMeasures {
  /** Rows of the class. */
  readonly support: number;
  /** The share of its rows that are predicted as it; null without rows. */
  readonly recall: number | null;
  /** The share of the rows predicted as it that are of it; null if none is. */
  readonly precision: number | null;
}

/**
 * Returns recall, precision and support of each class.
 *
 * Where scikit-learn gives 0 for a share of no rows, this gives null.
 *
 * @param confusion `[classes, classes]`: counts of rows by true class, then by predicted class.
 */
export function classMeasures(confusion: readonly (readonly number[])[]): readonly ClassMeasures[] {
  const predicted = new Float64Array(confusion.length);
  for (const row of confusion) row.forEach((count, index) => predicted[index] += count);
  return confusion.map((row, index) => {
    const support = row.reduce((sum, count) => sum + count, 0);
    return {
      support,
      recall: support === 0 ? null : row[index] / support,
      precision: predicted[index] === 0 ? null : row[index] / predicted[index],
    };
  });
}
