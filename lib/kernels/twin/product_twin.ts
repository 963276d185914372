import type { ProductKernels } from "../contract/product_kernels.ts";
import type { Tensor } from "../contract/tensor.ts";
import type { Arithmetic } from "./arithmetic.ts";

/** The products of the twin. */
export function productTwin({ round, multiplyAdd }: Arithmetic): ProductKernels {
  return {
    affine({ x, weights, bias, out, relu }) {
      const multiply = product({ a: plain(x), b: plain(weights), out, multiplyAdd });
      return () => {
        multiply();
        for (let i = 0; i < out.rows; i++) {
          for (let j = 0; j < out.cols; j++) {
            const sum = round(out.data[i * out.cols + j] + bias.data[j]);
            out.data[i * out.cols + j] = relu && sum < 0 ? 0 : sum;
          }
        }
      };
    },
    weightGradient: ({ x, dy, out }) => product({ a: transposed(x), b: plain(dy), out, multiplyAdd }),
    inputGradient: ({ dy, weights, out }) =>
      product({ a: plain(dy), b: transposed(weights), out, multiplyAdd }),
  };
}

/** A matrix as a product sees it: element (i, j) is `data[i * rowStep + j * colStep]`. */
interface View {
  readonly data: Tensor["data"];
  readonly rows: number;
  readonly cols: number;
  readonly rowStep: number;
  readonly colStep: number;
}

function plain({ data, rows, cols }: Tensor): View {
  return { data, rows, cols, rowStep: cols, colStep: 1 };
}

function transposed({ data, rows, cols }: Tensor): View {
  return { data, rows: cols, cols: rows, rowStep: 1, colStep: cols };
}

interface Product {
  readonly a: View;
  readonly b: View;
  readonly out: Tensor;
  readonly multiplyAdd: Arithmetic["multiplyAdd"];
}

/** Binds `out = a * b`; the loop over the inner dimension is outside that over the columns, which changes the order of no sum. */
function product({ a, b, out, multiplyAdd }: Product): () => void {
  return () => {
    out.data.fill(0);
    for (let i = 0; i < out.rows; i++) {
      const row = i * out.cols;
      for (let k = 0; k < a.cols; k++) {
        const factor = a.data[i * a.rowStep + k * a.colStep];
        for (let j = 0; j < out.cols; j++) {
          out.data[row + j] = multiplyAdd(factor, b.data[k * b.rowStep + j * b.colStep], out.data[row + j]);
        }
      }
    }
  };
}
