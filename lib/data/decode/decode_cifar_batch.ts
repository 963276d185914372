import { InputError } from "../../core/check/errors.ts";

/** Bytes of a 32 x 32 image: three planes, red, green and blue. */
const CIFAR_ROW = 3 * 32 * 32;

/** The required shape of a batch file. */
export interface CifarBatchShape {
  /** The file's name in messages. */
  readonly file: string;
  readonly rows: number;
}

/** Images and their labels. */
export interface CifarBatch {
  /** `[rows, 3072]`, channel planes one after the other. */
  readonly rows: Uint8Array;
  /** `[rows]`. */
  readonly labels: Uint8Array;
}

/**
 * Decodes a batch of the binary version of CIFAR-10: for each row a byte of label and 3072 bytes of image.
 *
 * @throws {InputError} If the file has another length.
 */
export function decodeCifarBatch(bytes: Uint8Array, { file, rows }: CifarBatchShape): CifarBatch {
  const record = 1 + CIFAR_ROW;
  if (bytes.length !== rows * record) {
    throw new InputError(
      `Cannot read ${file}: it must be ${rows} records of ${record} bytes, found ${bytes.length} bytes`,
    );
  }
  const batch = { rows: new Uint8Array(rows * CIFAR_ROW), labels: new Uint8Array(rows) };
  for (let row = 0; row < rows; row++) {
    const start = row * record;
    batch.labels[row] = bytes[start];
    batch.rows.set(bytes.subarray(start + 1, start + record), row * CIFAR_ROW);
  }
  return batch;
}
