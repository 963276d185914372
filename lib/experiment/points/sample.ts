import { deepFreeze } from "../../core/check/deep_freeze.ts";
import { InputError } from "../../core/check/errors.ts";
import { checkFields, oneOf, type Rule, wholeNumber } from "../../core/check/fields.ts";
import { openStream, shuffle } from "../../core/numbers/random.ts";
import { checkGrid } from "../declaration/check_grid.ts";
import type { Distribution } from "../declaration/distribution.ts";
import { MOST_TRIALS } from "../declaration/grid.ts";
import type { PointSet } from "../declaration/point_set.ts";
import { MOST_DIMENSIONS, sobolValues } from "./sobol.ts";

/** How points are spread over the axes. */
export type SampleMethod = "sobol" | "random" | "latinHypercube";

/** Options of {@link sample}. */
export interface SampleOptions {
  /** The number of points, at least 1. */
  readonly points: number;
  /** Default: "sobol". */
  readonly method?: SampleMethod;
  /** Another seed gives other points; it is not that of the experiment, whose change keeps the points. Default: 0. */
  readonly seed?: number;
}

/** The distributions of axes. */
export type Distributions = Readonly<Record<string, Distribution>>;

/** A point of a sample: a value of each axis. */
export type SampledPoint<D extends Distributions> = {
  readonly [K in keyof D]: D[K] extends Distribution<infer V> ? V : never;
};

/** The values of a share: each method gives every axis one in (0, 1) for each point. */
type Shares = (axis: { readonly name: string; readonly index: number }) => readonly number[];

/**
 * Draws points from distributions of the axes. The points are part of the declaration, the same on every machine.
 *
 * - "sobol": a Sobol sequence with the direction numbers of Joe and Kuo (2008), scrambled by a random digital shift. It fills
 *   the space evenly; best are powers of 2. At most 64 axes.
 * - "random": independent points.
 * - "latinHypercube": each axis has one value in each of as many equal parts as there are points (McKay, Beckman and Conover
 *   1979).
 *
 * With "sobol" and "random", more points begin with the same ones, whose trials keep their ids. With "latinHypercube" another
 * number of points gives other points.
 *
 * @throws {InputError} If an axis, a distribution or an option is wrong.
 *
 * @example
 * ```ts
 * import { blobs, choice, defineExperiment, expandPoints, logUniform, sample } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = defineExperiment({
 *   name: "blobs_search",
 *   question: "Which rate and width separate three blobs?",
 *   seed: 231,
 *   data: blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 300, validation: 100, test: 100 }),
 *   points: sample({ learningRate: logUniform(1e-4, 1e-1), width: choice([4, 16, 64]) }, { points: 8 }),
 *   trial: ({ learningRate, width }) => ({
 *     model: { hiddenDims: [width] },
 *     solver: { optimizer: { name: "adam", learningRate }, batchSize: 50, epochs: 4 },
 *   }),
 * });
 * assertEquals(expandPoints(experiment).points.length, 8);
 * ```
 */
export function sample<const D extends Distributions>(
  axes: D,
  options: SampleOptions,
): PointSet<SampledPoint<D>> {
  const action = "sample points";
  checkFields(options, {
    action,
    path: "",
    required: { points: wholeNumber({ min: 1 }) },
    optional: { method: oneOf("sobol", "random", "latinHypercube"), seed: wholeNumber({ min: 0 }) },
  });
  const { points, method = "sobol", seed = 0 } = options;
  if (points > MOST_TRIALS) {
    throw new InputError(`Cannot ${action}: points must be at most ${MOST_TRIALS}, found ${points}`);
  }
  checkFields(axes, {
    action,
    path: "",
    required: Object.fromEntries(Object.keys(axes ?? {}).map((axis) => [axis, aDistribution])),
  });
  const names = Object.keys(axes);
  if (names.length === 0) {
    throw new InputError(`Cannot ${action}: it must have at least one axis, found none`);
  }
  if (method === "sobol" && names.length > MOST_DIMENSIONS) {
    throw new InputError(
      `Cannot ${action}: method "sobol" must have at most ${MOST_DIMENSIONS} axes, found ${names.length}`,
    );
  }
  // Names first: a stream is opened by the name of its axis.
  checkGrid(Object.fromEntries(names.map((name) => [name, [0]])), { action });
  const sharesOf = METHODS[method](points, { seed });
  const drawn = names.map((name, index) => {
    const values = sharesOf({ name, index }).map(axes[name].at);
    checkGrid({ [name]: values }, { action });
    return { kind: "axes", axes: { [name]: values } } as const;
  });
  return deepFreeze({ shape: { kind: "zip", parts: drawn } });
}

const aDistribution: Rule = {
  expected: "what uniform, logUniform, integers or choice returns",
  accepts: (value) =>
    typeof value === "object" && value !== null && Object.hasOwn(value, "at") &&
    typeof (value as Distribution).at === "function",
};

const TWO_32 = 4294967296;

const METHODS: Readonly<
  Record<SampleMethod, (points: number, options: { readonly seed: number }) => Shares>
> = {
  sobol: (points, { seed }) => ({ index }) => {
    const shift = openStream(`${seed}/sample/sobol/${index}`).uint32();
    // The middle of its cell, so that no share is 0.
    return Array.from(
      sobolValues(points, { dimension: index }),
      (value) => (((value ^ shift) >>> 0) + 0.5) / TWO_32,
    );
  },
  random: (points, { seed }) => ({ name }) => {
    const stream = openStream(`${seed}/sample/random/${name}`);
    return Array.from({ length: points }, () => stream.uniform());
  },
  latinHypercube: (points, { seed }) => ({ name }) => {
    const stream = openStream(`${seed}/sample/latin_hypercube/${name}`);
    const parts = Int32Array.from({ length: points }, (_, part) => part);
    shuffle(parts, stream);
    return Array.from(parts, (part) => (part + stream.uniform()) / points);
  },
};
