import { nativeHere } from "../../kernels/native/memory/native.ts";

/** Returns whether this process can run machine code; loads no kernels for that. */
export function hasNative(): boolean {
  return nativeHere() !== null;
}
