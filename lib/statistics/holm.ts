/**
 * Returns p-values that may each be compared with 0.05 although several tests were made: the chance that any of them is
 * below 0.05 by accident stays at 5 %.
 *
 * The i-th smallest of m values is multiplied by m - i + 1, and is at least as large as those before it.
 *
 * Source: Holm, A simple sequentially rejective multiple test procedure, 1979.
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((_, index) => index).sort((left, right) => pValues[left] - pValues[right]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, place) => {
    largest = Math.max(largest, Math.min(1, pValues[index] * (pValues.length - place)));
    adjusted[index] = largest;
  });
  return adjusted;
}
