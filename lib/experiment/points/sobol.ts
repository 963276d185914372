import { SOBOL_DIRECTIONS } from "./sobol_directions.ts";

const BITS = 32;

/** The most dimensions of a point. */
export const MOST_DIMENSIONS = SOBOL_DIRECTIONS.length + 1;

/**
 * Returns the first points of a dimension of the Sobol sequence, as whole numbers below 2^32, the first of them 0.
 *
 * Points are in the order of the Gray code (Antonov and Saleev 1979), with the direction numbers of Joe and Kuo (2008). More
 * points begin with the same ones.
 *
 * @param dimension From 0, below {@link MOST_DIMENSIONS}.
 */
export function sobolValues(count: number, { dimension }: { readonly dimension: number }): Uint32Array {
  const directions = directionsOf(dimension);
  const values = new Uint32Array(count);
  let value = 0;
  for (let index = 1; index < count; index++) {
    // The place of the lowest zero bit of the number of the point before.
    const place = BITS - 1 - Math.clz32(~(index - 1) & index);
    value = (value ^ directions[place]) >>> 0;
    values[index] = value;
  }
  return values;
}

function directionsOf(dimension: number): Uint32Array {
  const directions = new Uint32Array(BITS);
  if (dimension === 0) return directions.map((_, place) => (1 << (BITS - 1 - place)) >>> 0);
  const [polynomial, first] = SOBOL_DIRECTIONS[dimension - 1];
  const degree = first.length;
  for (let place = 0; place < BITS; place++) {
    let number = place < degree ? first[place] : recurrence(directions, { polynomial, degree, place });
    number = place < degree ? (number << (BITS - 1 - place)) >>> 0 : number;
    directions[place] = number;
  }
  return directions;
}

interface Recurrence {
  readonly polynomial: number;
  readonly degree: number;
  readonly place: number;
}

/** The direction numbers, already moved to the left, follow from those before by the bits of the polynomial. */
function recurrence(directions: Uint32Array, { polynomial, degree, place }: Recurrence): number {
  const oldest = directions[place - degree];
  let number = oldest ^ (oldest >>> degree);
  for (let back = 1; back < degree; back++) {
    if ((polynomial >>> (degree - back)) & 1) number ^= directions[place - back];
  }
  return number >>> 0;
}
