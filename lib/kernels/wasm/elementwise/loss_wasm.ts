import type { ElementwiseKernels } from "../../contract/elementwise_kernels.ts";
import type { Machine } from "../emit/machine.ts";
import { buildLoss } from "./loss_module.ts";

/** The softmax cross-entropy of the WebAssembly kernels. */
export function lossWasm(machine: Machine): Pick<ElementwiseKernels, "softmaxCrossEntropy"> {
  return {
    softmaxCrossEntropy({ scores, labels, out }) {
      const run = machine.compile("softmaxCrossEntropy", () => buildLoss(machine.float));
      const [from, classes, to] = [scores, labels, out].map(machine.addressOf);
      const exponentials = machine.reserve(scores.cols * 8);
      const { rows, cols } = scores;
      return () => run(from, classes, to, exponentials, rows, cols);
    },
  };
}
