/** The format of a file that holds a trained model; `predict` reads "safetensors". */
export type ModelFormat = "safetensors" | "onnx";

/** Every {@link ModelFormat}. */
export const MODEL_FORMATS: readonly ModelFormat[] = ["safetensors", "onnx"];
