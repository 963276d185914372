/** For the launcher, which may not look below the runner. */
export { hasNative } from "../experiment/has_native.ts";
