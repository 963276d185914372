/** The precision of every number of a net. */
export type DType = "float32" | "float64";
