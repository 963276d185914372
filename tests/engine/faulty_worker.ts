/// <reference lib="deno.worker" />
/** A trial worker that goes wrong when its first trial comes; its name says how. */
const FAULTS: Readonly<Record<string, () => void>> = {
  exits: () => self.close(),
  hangs: () => {
    while (true);
  },
  throws: () => {
    throw new Error("broken outside a trial");
  },
  rejects: () => void Promise.reject(new Error("broken behind a trial")),
};

self.onmessage = ({ data: message }: MessageEvent<{ readonly type: string }>) => {
  if (message.type === "trial") FAULTS[self.name]();
};
