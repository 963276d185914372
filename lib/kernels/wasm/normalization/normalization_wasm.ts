import type { NormalizationKernels } from "../../contract/normalization_kernels.ts";
import type { Tensor } from "../../contract/tensor.ts";
import { buildColumnSums, columnSumsKey } from "../elementwise/column_sums_module.ts";
import type { Machine } from "../emit/machine.ts";
import { buildBatchNormGradient, buildBatchNormTest, buildBatchNormTrain } from "./batch_norm_module.ts";
import { buildLayerNorm, buildLayerNormGradient } from "./layer_norm_module.ts";

/** Batch and layer normalization of the WebAssembly kernels. */
export function normalizationWasm(machine: Machine): NormalizationKernels {
  const bind = (name: keyof typeof MODULES, { rows, cols }: Tensor, tensors: readonly Tensor[]) => {
    const run = machine.compile(
      `${name} ${rows} ${cols}`,
      () => MODULES[name]({ rows, cols }, machine.float),
    );
    return { run, at: tensors.map(machine.addressOf) };
  };
  return {
    batchNormTrain(
      { x, gamma, beta, runningMean, runningVariance, normalized, inverseDeviation, out, ...settings },
    ) {
      const tensors = [x, gamma, beta, runningMean, runningVariance, normalized, inverseDeviation, out];
      const { run, at: [a, b, c, d, e, f, g, h] } = bind("batchNormTrain", x, tensors);
      const { momentum, epsilon } = settings;
      return () => void run(a, b, c, d, e, f, g, h, momentum, 1 - momentum, epsilon);
    },
    batchNormTest({ x, gamma, beta, runningMean, runningVariance, out, epsilon }) {
      const tensors = [x, gamma, beta, runningMean, runningVariance, out];
      const { run, at: [a, b, c, d, e, f] } = bind("batchNormTest", x, tensors);
      return () => void run(a, b, c, d, e, f, epsilon);
    },
    batchNormGradient({ dy, gamma, normalized, inverseDeviation, dGamma, dBeta, out }) {
      const tensors = [dy, gamma, normalized, inverseDeviation, dGamma, dBeta, out];
      const { run, at: [a, b, c, d, e, f, g] } = bind("batchNormGradient", dy, tensors);
      return () => void run(a, b, c, d, e, f, g);
    },
    layerNorm({ x, gamma, beta, normalized, inverseDeviation, out, epsilon }) {
      const { run, at: [a, b, c, d, e, f] } = bind("layerNorm", x, [
        x,
        gamma,
        beta,
        normalized,
        inverseDeviation,
        out,
      ]);
      return () => void run(a, b, c, d, e, f, epsilon);
    },
    layerNormGradient({ dy, gamma, normalized, inverseDeviation, dGamma, dBeta, out }) {
      const { run, at: [a, b, c, d, e] } = bind("layerNormGradient", dy, [
        dy,
        gamma,
        normalized,
        inverseDeviation,
        out,
      ]);
      const sums = (term: "x" | "x * y") => {
        const shape = { rows: dy.rows, cols: dy.cols, term };
        return machine.compile(columnSumsKey(shape), () => buildColumnSums(shape, machine.float));
      };
      const [sumDBeta, sumDGamma] = [sums("x"), sums("x * y")];
      const [toDGamma, toDBeta] = [dGamma, dBeta].map(machine.addressOf);
      return () => {
        // Before the gradient of x, which may take dy's place.
        sumDBeta(a, a, toDBeta);
        sumDGamma(a, c, toDGamma);
        run(a, b, c, d, e);
      };
    },
  };
}

const MODULES = {
  batchNormTrain: buildBatchNormTrain,
  batchNormTest: buildBatchNormTest,
  batchNormGradient: buildBatchNormGradient,
  layerNorm: buildLayerNorm,
  layerNormGradient: buildLayerNormGradient,
};
