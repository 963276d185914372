import { type EngineKernels, runProgram } from "./program.ts";

/** The program as any engine runs it: the line before it says which kernels, and what takes the result. */
declare const seedbedKernels: EngineKernels;
declare const seedbedReport: (result: string) => void;

// Node 20 lacks this function; it computes nothing.
Map.groupBy ??= <K, V>(values: Iterable<V>, keyOf: (value: V, index: number) => K): Map<K, V[]> => {
  const groups = new Map<K, V[]>();
  let index = 0;
  for (const value of values) {
    const key = keyOf(value, index++);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
};

let result: string;
try {
  result = JSON.stringify(runProgram(seedbedKernels));
} catch (error) {
  result = JSON.stringify({ error: String(error instanceof Error ? error.stack ?? error : error) });
}
seedbedReport(result);
