/** A product of matrices as training has it: `[rows, inner] * [inner, cols]`. */
export interface Product {
  /** Such as `100x3072x100nn`: rows, inner, cols, and whether each factor is stored transposed. */
  readonly name: string;
  readonly rows: number;
  readonly inner: number;
  readonly cols: number;
  /** Which kernel computes it: affine (nn), weightGradient (tn) or inputGradient (nt). */
  readonly layout: "nn" | "tn" | "nt";
  /** Where training meets it. */
  readonly use: string;
}

/** The products of the reference's net, batch 100, and of the wide one, batch 256. */
export const PRODUCTS: readonly Product[] = [
  product([100, 3072, 100], { layout: "nn", use: "first layer" }),
  product([100, 100, 100], { layout: "nn", use: "hidden layer" }),
  product([100, 100, 10], { layout: "nn", use: "last layer" }),
  product([3072, 100, 100], { layout: "tn", use: "first layer's weight gradient" }),
  product([100, 100, 100], { layout: "tn", use: "hidden layer's weight gradient" }),
  product([100, 100, 100], { layout: "nt", use: "hidden layer's input gradient" }),
  product([256, 3072, 1024], { layout: "nn", use: "wide, first layer" }),
  product([256, 1024, 1024], { layout: "nn", use: "wide, hidden layer" }),
  product([3072, 256, 1024], { layout: "tn", use: "wide, first layer's weight gradient" }),
  product([1024, 256, 1024], { layout: "tn", use: "wide, hidden layer's weight gradient" }),
  product([256, 1024, 1024], { layout: "nt", use: "wide, hidden layer's input gradient" }),
];

/** Returns the floating-point operations of a product. */
export function productFlops({ rows, inner, cols }: Product): number {
  return 2 * rows * inner * cols;
}

interface Role {
  readonly layout: Product["layout"];
  readonly use: string;
}

function product([rows, inner, cols]: readonly [number, number, number], { layout, use }: Role): Product {
  return { name: `${rows}x${inner}x${cols}${layout}`, rows, inner, cols, layout, use };
}
