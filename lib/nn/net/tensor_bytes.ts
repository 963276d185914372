import type { NamedTensor } from "./named_tensor.ts";

/** Returns a copy of tensors, one after the other, as little-endian bytes. */
export function tensorBytes(tensors: readonly NamedTensor[]): Uint8Array {
  const bytes = new Uint8Array(byteLength(tensors));
  let offset = 0;
  for (const { value: { data } } of tensors) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/** Sets tensors from their {@link tensorBytes}; the lengths must be equal. */
export function fillTensors(tensors: readonly NamedTensor[], bytes: Uint8Array): void {
  let offset = 0;
  for (const { value: { data } } of tensors) {
    const target = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    target.set(bytes.subarray(offset, offset + target.length));
    offset += target.length;
  }
}

/** Returns the length of the {@link tensorBytes} of tensors. */
export function byteLength(tensors: readonly NamedTensor[]): number {
  return tensors.reduce((sum, { value }) => sum + value.data.byteLength, 0);
}
