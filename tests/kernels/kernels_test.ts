import { fusedHere } from "../../lib/kernels/create_kernels.ts";
import { createWasm } from "../../lib/kernels/wasm/wasm.ts";
import { testKernels } from "../contract/kernels_suite.ts";

testKernels("emulated", () => createWasm("emulated"));
testKernels("float64", () => createWasm("separate"));

// Where the machine has no exact fused instruction these kernels are never chosen, and have no bits to keep.
if (fusedHere()) testKernels("fused", () => createWasm("fused"));
