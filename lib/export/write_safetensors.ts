import { DTYPE_NAMES, METADATA, type SafetensorsFile, type TensorEntry } from "./safetensors_file.ts";

/**
 * Returns the bytes of a safetensors file: the header's length in 8 bytes, a header of JSON, the tensors' bytes.
 *
 * The tensors have no gaps, which readers require, and begin at a multiple of 8.
 */
export function writeSafetensors({ metadata, tensors }: SafetensorsFile): Uint8Array {
  const entries: Record<string, TensorEntry> = {};
  let end = 0;
  for (const { name, dtype, shape, bytes } of tensors) {
    entries[name] = { dtype: DTYPE_NAMES[dtype], shape, data_offsets: [end, end + bytes.length] };
    end += bytes.length;
  }
  const text = new TextEncoder().encode(JSON.stringify({ [METADATA]: metadata, ...entries }));
  const headerLength = Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + end).fill(0x20, 8 + text.length, 8 + headerLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(text, 8);
  let start = 8 + headerLength;
  for (const { bytes } of tensors) {
    file.set(bytes, start);
    start += bytes.length;
  }
  return file;
}
