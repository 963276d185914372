import type { RandomStream } from "../../core/numbers/random.ts";
import { orthogonalMatrix } from "./orthogonal_matrix.ts";

/**
 * How weights `[fanIn, fanOut]` are drawn:
 *
 * - `"he"`: normal, with deviation sqrt(2 / fanIn) (He et al. 2015);
 * - `"heUniform"`: uniform in ±sqrt(6 / fanIn), the same variance;
 * - `"glorot"`: normal, with deviation sqrt(2 / (fanIn + fanOut)) (Glorot and Bengio 2010);
 * - `"glorotUniform"`: uniform in ±sqrt(6 / (fanIn + fanOut)), the same variance;
 * - `"orthogonal"`: columns or rows that are orthonormal (Saxe et al. 2014), times sqrt(2) before an activation function
 *   that is like ReLU, and times 1 before tanh, sigmoid and the scores.
 */
export type InitializerName = "he" | "heUniform" | "glorot" | "glorotUniform" | "orthogonal";

/** The weights to be drawn. */
export interface InitializedWeights {
  /** fanIn. */
  readonly rows: number;
  /** fanOut. */
  readonly cols: number;
  /** The factor of orthogonal weights. */
  readonly gain: number;
  /** Receives the weights, row by row. */
  readonly data: Float32Array | Float64Array;
}

/** Draws weights from a stream, in the order of their rows. */
export type Initializer = (weights: InitializedWeights, stream: RandomStream) => void;

/** The initializers by their names. */
export const INITIALIZERS: Readonly<Record<InitializerName, Initializer>> = {
  he: (weights, stream) => drawNormal(weights, { stream, deviation: Math.sqrt(2 / weights.rows) }),
  heUniform: (weights, stream) => drawUniform(weights, { stream, limit: Math.sqrt(6 / weights.rows) }),
  glorot: (weights, stream) => drawNormal(weights, { stream, deviation: Math.sqrt(2 / fans(weights)) }),
  glorotUniform: (weights, stream) => drawUniform(weights, { stream, limit: Math.sqrt(6 / fans(weights)) }),
  orthogonal({ rows, cols, gain, data }, stream) {
    const matrix = orthogonalMatrix({ rows, cols }, stream);
    for (let i = 0; i < data.length; i++) data[i] = gain * matrix[i];
  },
};

/** Sets each weight to a normal number times a deviation. */
export function drawNormal({ data }: InitializedWeights, { stream, deviation }: NormalDraw): void {
  for (let i = 0; i < data.length; i++) data[i] = stream.normal() * deviation;
}

interface NormalDraw {
  readonly stream: RandomStream;
  readonly deviation: number;
}

interface UniformDraw {
  readonly stream: RandomStream;
  readonly limit: number;
}

function drawUniform({ data }: InitializedWeights, { stream, limit }: UniformDraw): void {
  for (let i = 0; i < data.length; i++) data[i] = (2 * stream.uniform() - 1) * limit;
}

function fans({ rows, cols }: InitializedWeights): number {
  return rows + cols;
}
