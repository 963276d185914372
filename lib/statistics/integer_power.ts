/**
 * Returns a number raised to a whole power, by repeated squaring: the same bits on every engine, unlike `Math.pow`.
 *
 * @param power A whole number, at least 0.
 */
export function integerPower(base: number, power: number): number {
  let result = 1;
  let square = base;
  for (let rest = power; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
