import { openStream } from "../../core/numbers/random.ts";

const ARMS = ["a", "b", "c"];
const POINTS_PER_ARM = 200;
/** Cosine and sine of a third of a turn, from one arm to the next. */
const THIRD = [-0.5, 0.8660254037844386] as const;
/** Cosine and sine of 0.02 radians, from one point of an arm to the next. */
const STEP = [0.9998000066665778, 0.019998666693333084] as const;
const NOISE = 0.09;

/**
 * Returns a CSV file of three spiral arms, which no straight line separates: two coordinates and the name of the arm.
 *
 * It is made by products and sums alone, so that it is the same file on every machine.
 */
export function spiralsCsv(): string {
  const noise = openStream("init/spirals");
  const lines = ["x,y,arm\n"];
  let start: Point = [1, 0];
  for (const arm of ARMS) {
    let direction = start;
    for (let i = 0; i < POINTS_PER_ARM; i++) {
      const radius = 0.1 + (0.9 * i) / POINTS_PER_ARM;
      const [x, y] = direction.map((part) => part * radius + NOISE * noise.normal());
      lines.push(`${rounded(x)},${rounded(y)},${arm}\n`);
      direction = rotated(direction, STEP);
    }
    start = rotated(start, THIRD);
  }
  return lines.join("");
}

type Point = readonly [number, number];

/** Multiplies two complex numbers. */
function rotated([x, y]: Point, [cos, sin]: Point): Point {
  return [x * cos - y * sin, x * sin + y * cos];
}

function rounded(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
