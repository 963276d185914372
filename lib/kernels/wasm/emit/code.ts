/** WebAssembly code: bytes, nested as they were put together. */
export type Code = readonly (number | Code)[];

/** LEB128 of a number from 0 to 2^32 - 1. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value >>> 0;
  while (rest > 127) {
    bytes.push(rest & 127 | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

/** LEB128 of a signed 32-bit number. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  while (rest < -64 || rest > 63) {
    bytes.push(rest & 127 | 128);
    rest >>= 7;
  }
  bytes.push(rest & 127);
  return bytes;
}
