/// <reference lib="deno.worker" />
import type { KernelKind } from "../../lib/core/facts/kernel_kind.ts";
import { forbidChance } from "../../lib/engine/threads/forbid_chance.ts";
import { holdMachineCode } from "../../lib/engine/threads/hold_machine_code.ts";

/** Tries what a trial must not do, and posts what came of each: the name of an error, or "done". */
const ATTEMPTS: Readonly<Record<string, () => unknown>> = {
  "read a file": () => Deno.readTextFileSync("deno.json"),
  "write a file": () => Deno.writeTextFileSync("written_by_a_trial", ""),
  "connect": () => Deno.connect({ hostname: "127.0.0.1", port: 9 }),
  "fetch": () => fetch("http://127.0.0.1:8123/"),
  "listen": () => Deno.listen({ port: 0 }),
  "start a process": () => new Deno.Command(Deno.execPath()).outputSync(),
  "see the environment": () => Deno.env.get("HOME"),
  "see the host": () => Deno.hostname(),
  "load a library": () => Deno.dlopen("libc.so.6", {}),
  "look at an address": () => Deno.UnsafePointer.of(new Uint8Array(1)),
};

const CALLS: Readonly<Record<string, () => unknown>> = {
  "Math.random": () => Math.random(),
  "Date.now": () => Date.now(),
  "Date": () => new Date(),
  "performance.now": () => performance.now(),
  "crypto.getRandomValues": () => crypto.getRandomValues(new Uint8Array(1)),
  "crypto.randomUUID": () => crypto.randomUUID(),
  "Math.exp": () => Math.exp(1),
  "Math.log": () => Math.log(2),
  "Math.pow": () => Math.pow(2, 0.5),
  "Math.tanh": () => Math.tanh(1),
  "Math.hypot": () => Math.hypot(3, 4),
  "Math.sqrt": () => Math.sqrt(2),
  "Math.fround": () => Math.fround(0.1),
};

async function outcomes(attempts: typeof ATTEMPTS): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    try {
      await attempt();
      found[name] = "done";
    } catch (error) {
      found[name] = error instanceof Error ? `${error.name}: ${error.message}` : "thrown";
    }
  }
  return found;
}

self.onmessage = async ({ data: kernels }: MessageEvent<KernelKind>) => {
  holdMachineCode(kernels);
  const sandbox = await outcomes(ATTEMPTS);
  forbidChance("a trial");
  self.postMessage({ sandbox, chance: await outcomes(CALLS) });
};
