import { type EngineKernels, runProgram } from "./program.ts";

/** The program as any engine runs it: the line before it says which kernels, and what takes the result. */
declare const seedbedKernels: EngineKernels;
declare const seedbedReport: (result: string) => void;

let result: string;
try {
  result = JSON.stringify(runProgram(seedbedKernels));
} catch (error) {
  result = JSON.stringify({ error: String(error instanceof Error ? error.stack ?? error : error) });
}
seedbedReport(result);
