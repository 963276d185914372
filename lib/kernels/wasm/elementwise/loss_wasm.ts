import type { ElementwiseKernels } from "../../contract/elementwise_kernels.ts";
import type { Machine } from "../emit/machine.ts";
import { buildLoss } from "./loss_module.ts";

/** The softmax cross-entropy of the WebAssembly kernels. */
export function lossWasm(machine: Machine): Pick<ElementwiseKernels, "softmaxCrossEntropy"> {
  return {
    softmaxCrossEntropy({ scores, labels, weights, smoothing = 0, out }) {
      const form = { isWeighted: weights !== undefined, isSmoothed: smoothing !== 0 };
      const name = `${form.isWeighted ? "weighted " : ""}${
        form.isSmoothed ? "smoothed " : ""
      }softmaxCrossEntropy`;
      const run = machine.compile(name, () => buildLoss(machine.float, form));
      const [from, classes, to] = [scores, labels, out].map(machine.addressOf);
      const factors = weights === undefined ? 0 : machine.addressOf(weights);
      const exponentials = machine.reserve(scores.cols * 8);
      const { rows, cols } = scores;
      const share = smoothing / cols;
      const [kept, own] = [1 - smoothing, (1 - smoothing) + share];
      return () => run(from, classes, factors, to, exponentials, rows, cols, kept, own, share);
    },
  };
}
