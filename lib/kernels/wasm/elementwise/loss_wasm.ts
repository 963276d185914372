import type { ElementwiseKernels } from "../../contract/elementwise_kernels.ts";
import type { Machine } from "../emit/machine.ts";
import { buildLoss } from "./loss_module.ts";

/** The softmax cross-entropy of the WebAssembly kernels. */
export function lossWasm(machine: Machine): Pick<ElementwiseKernels, "softmaxCrossEntropy"> {
  return {
    softmaxCrossEntropy({ scores, labels, weights, out }) {
      const isWeighted = weights !== undefined;
      const name = isWeighted ? "weightedSoftmaxCrossEntropy" : "softmaxCrossEntropy";
      const run = machine.compile(name, () => buildLoss(machine.float, { isWeighted }));
      const [from, classes, to] = [scores, labels, out].map(machine.addressOf);
      const factors = isWeighted ? machine.addressOf(weights) : 0;
      const exponentials = machine.reserve(scores.cols * 8);
      const { rows, cols } = scores;
      return () => run(from, classes, factors, to, exponentials, rows, cols);
    },
  };
}
