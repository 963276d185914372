/// <reference lib="deno.worker" />
/** A drawing thread that goes wrong when its first task comes; its name says how. */
const FAULTS: Readonly<Record<string, () => void>> = {
  throws: () => {
    throw new Error("broken outside a chart");
  },
  rejects: () => void Promise.reject(new Error("broken behind a chart")),
};

self.onmessage = () => FAULTS[self.name]();
