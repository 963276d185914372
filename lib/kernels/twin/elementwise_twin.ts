import { openStream } from "../../core/numbers/random.ts";
import type { ElementwiseKernels } from "../contract/elementwise_kernels.ts";
import type { Tensor } from "../contract/tensor.ts";
import type { Arithmetic } from "./arithmetic.ts";

/** The twin's operations on single elements and its sums, all but the loss. */
export function elementwiseTwin(
  { round }: Arithmetic,
): Omit<ElementwiseKernels, "softmaxCrossEntropy" | "targetLoss"> {
  return {
    gather: gatherTwin(round),
    relu: ({ x, out }) => () => {
      for (let i = 0; i < out.data.length; i++) out.data[i] = x.data[i] < 0 ? 0 : x.data[i];
    },
    reluGradient: ({ y, dy, out }) => () => {
      for (let i = 0; i < out.data.length; i++) out.data[i] = y.data[i] > 0 ? dy.data[i] : 0;
    },
    multiply: ({ x, y, out }) => () => {
      for (let i = 0; i < out.data.length; i++) out.data[i] = round(x.data[i] * y.data[i]);
    },
    addScaled({ x, factor, out }) {
      const scale = round(factor);
      return () => {
        for (let i = 0; i < out.data.length; i++) out.data[i] = round(out.data[i] + round(scale * x.data[i]));
      };
    },
    addSigned({ x, factor, out }) {
      const scale = round(factor);
      return () => {
        for (let i = 0; i < out.data.length; i++) {
          out.data[i] = round(out.data[i] + (x.data[i] > 0 ? scale : x.data[i] < 0 ? -scale : 0));
        }
      };
    },
    clip({ x: { data: x }, limit }) {
      const most = round(limit);
      return () => {
        for (let i = 0; i < x.length; i++) x[i] = x[i] < -most ? -most : x[i] > most ? most : x[i];
      };
    },
    columnSums: ({ x, out }) => () => columnSums(x, { out, round }),
    sumOfSquares: ({ x }) => () => sumInEight(x, (value) => value * value),
    sumOfAbsolutes: ({ x }) => () => sumInEight(x, Math.abs),
    dropoutMask({ mask, keepRatio }) {
      const kept = round(1 / keepRatio);
      const limit = keepRatio * 4294967296;
      let stream = openStream("unused");
      return {
        restart: (path) => void (stream = openStream(path)),
        draw() {
          for (let i = 0; i < mask.data.length; i++) mask.data[i] = stream.uint32() < limit ? kept : 0;
        },
      };
    },
  };
}

/** The twin's gather: each stored number minus its mean, rounded once. */
export function gatherTwin(round: Arithmetic["round"]): ElementwiseKernels["gather"] {
  return ({ rows, mean, indices, out }) => () => {
    for (let i = 0; i < out.rows; i++) {
      const start = indices.data[i] * out.cols;
      for (let j = 0; j < out.cols; j++) out.data[i * out.cols + j] = round(rows[start + j] - mean.data[j]);
    }
  };
}

/** Sums each column from the first row to the last. */
function columnSums(
  x: Tensor,
  { out, round }: { readonly out: Tensor; readonly round: Arithmetic["round"] },
): void {
  out.data.fill(0);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < x.cols; j++) out.data[j] = round(out.data[j] + x.data[i * x.cols + j]);
  }
}

/** Sums a term of each element in eight partial sums. */
function sumInEight({ data }: Tensor, term: (value: number) => number): number {
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
  const at = (i: number) => i < data.length ? term(data[i]) : 0;
  for (let i = 0; i < data.length; i += 8) {
    s0 += at(i);
    s1 += at(i + 1);
    s2 += at(i + 2);
    s3 += at(i + 3);
    s4 += at(i + 4);
    s5 += at(i + 5);
    s6 += at(i + 6);
    s7 += at(i + 7);
  }
  return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
}
