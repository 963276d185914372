import { createNative } from "../../lib/kernels/create_kernels.ts";
import { nativeHere } from "../../lib/kernels/native/native.ts";
import { testKernels } from "../contract/kernels_suite.ts";

// Machine code runs on the processors that it is for; elsewhere there is none to hold to the contract.
const native = nativeHere();
for (const set of native?.sets ?? []) testKernels(`native ${set}`, () => createNative(native!, set));
