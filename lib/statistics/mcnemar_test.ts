/**
 * Returns the p-value of McNemar's exact two-sided test that two nets are right on equally many rows.
 *
 * Only rows on which exactly one of them is right matter: if the nets are equally good, each of these is a coin toss.
 *
 * Source: McNemar 1947; the exact form is a binomial test.
 *
 * @param options.onlyLeft Rows on which the left net alone is right.
 * @param options.onlyRight Rows on which the right net alone is right.
 */
export function mcnemarTest(
  { onlyLeft, onlyRight }: { readonly onlyLeft: number; readonly onlyRight: number },
): number {
  const rows = onlyLeft + onlyRight;
  const least = Math.min(onlyLeft, onlyRight);
  if (2 * least === rows) return 1;
  let share = 1;
  let sum = 1;
  for (let k = least; k > 0; k--) {
    share *= k / (rows - k + 1);
    sum += share;
  }
  return Math.min(1, 2 * sum * binomialHalf(rows, least));
}

/** Returns C(n, k) / 2^n; halvings are spread over the product, which would overflow or underflow otherwise. */
function binomialHalf(n: number, k: number): number {
  let product = 1;
  let halvings = n;
  for (let i = 1; i <= k; i++) {
    product *= (n - i + 1) / i;
    while (product > 1 && halvings > 0) {
      product /= 2;
      halvings--;
    }
  }
  for (; halvings > 0 && product > 0; halvings--) product /= 2;
  return product;
}
