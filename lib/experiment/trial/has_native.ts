import { nativeHere } from "../../kernels/native/memory/native.ts";

/** Returns whether this process can run machine code, without loading kernels. */
export function hasNative(): boolean {
  return nativeHere() !== null;
}
