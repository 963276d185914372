/**
 * Returns the cosine of pi times x for x in [0, 1], the same bits on every engine, within two units in the last place.
 *
 * It uses exactly rounded float64 operations only, unlike `Math.cos`. At 0, 1/2 and 1 it is 1, 0 and -1. For other x the
 * result has no meaning.
 *
 * Source: the Taylor series on [0, 1/4]; the reductions by 1 - x and 1/2 - x are exact (Sterbenz' lemma). IEEE 754 calls
 * the function cosPi.
 */
export function cosPi(x: number): number {
  if (x > 0.5) return -cosPi(1 - x);
  const r = x > 0.25 ? 0.5 - x : x;
  const z = r * r;
  const coefficients = x > 0.25 ? SIN_COEFFICIENTS : COS_COEFFICIENTS;
  let p = coefficients[7];
  for (let i = 6; i >= 0; i--) p = p * z + coefficients[i];
  return x > 0.25 ? r * (PI_HIGH + (z * p + PI_LOW)) : 1 + z * p;
}

/** pi to float64. */
const PI_HIGH = 3.141592653589793;
/** pi - PI_HIGH. */
const PI_LOW = 1.2246467991473532e-16;

/** `(-1)^k * pi^(2k) / (2k)!` for k from 1 to 8. */
const COS_COEFFICIENTS: readonly number[] = [
  -4.934802200544679,
  4.0587121264167685,
  -1.3352627688545895,
  0.2353306303588932,
  -0.02580689139001406,
  0.0019295743094039231,
  -0.0001046381049248457,
  4.303069587032947e-06,
];

/** `(-1)^k * pi^(2k + 1) / (2k + 1)!` for k from 1 to 8. */
const SIN_COEFFICIENTS: readonly number[] = [
  -5.16771278004997,
  2.5501640398773455,
  -0.5992645293207921,
  0.08214588661112823,
  -0.0073704309457143504,
  0.00046630280576761255,
  -2.1915353447830217e-05,
  7.952054001475513e-07,
];
