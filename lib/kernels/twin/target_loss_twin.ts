import { exp, log } from "../../core/numbers/exp_log.ts";
import { sigmoid } from "../../core/numbers/sigmoid.ts";
import type { ElementwiseKernels, TargetLossName } from "../contract/elementwise_kernels.ts";
import type { Arithmetic } from "./arithmetic.ts";

/**
 * The twin's losses of targets. The other kernels use it too: it has the same bits in every engine, and so few numbers pass
 * through it, beside the products of a step, that code emitted for it would save nothing that can be measured.
 */
export function targetLossTwin({ round }: Pick<Arithmetic, "round">): Pick<ElementwiseKernels, "targetLoss"> {
  return {
    targetLoss({ name, delta, outputs, targets, weights, out }) {
      const { lossOf, slopeOf } = FORMS[name](delta);
      return () => {
        const { rows, cols } = outputs;
        const elements = rows * cols;
        let loss = 0;
        for (let row = 0; row < rows; row++) {
          // A product with 1 changes no bit.
          const weight = weights === undefined ? 1 : weights.data[row];
          for (let at = row * cols; at < (row + 1) * cols; at++) {
            const [output, target] = [outputs.data[at], targets.data[at]];
            loss += lossOf(output, target) * weight;
            out.data[at] = round(slopeOf(output, target) * weight / elements);
          }
        }
        return loss / elements;
      };
    },
  };
}

/** A loss of an output and a target, and its derivative by the output. */
interface Form {
  readonly lossOf: (output: number, target: number) => number;
  readonly slopeOf: (output: number, target: number) => number;
}

const FORMS: Readonly<Record<TargetLossName, (delta: number) => Form>> = {
  sigmoid: () => ({
    lossOf: (s, t) => ((s > 0 ? s : 0) - s * t) + log(1 + exp(-Math.abs(s))),
    slopeOf: (s, t) => sigmoid(s) - t,
  }),
  squared: () => ({
    lossOf: (s, t) => (s - t) * (s - t),
    slopeOf: (s, t) => 2 * (s - t),
  }),
  huber: (delta) => ({
    lossOf(s, t) {
      const size = Math.abs(s - t);
      return size <= delta ? 0.5 * (size * size) : delta * (size - 0.5 * delta);
    },
    slopeOf(s, t) {
      const d = s - t;
      // Written so that NaN passes through.
      return d > delta ? delta : d < -delta ? -delta : d;
    },
  }),
};
