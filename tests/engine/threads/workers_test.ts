import { assertEquals } from "@std/assert";
import type { KernelKind } from "../../../lib/core/facts/kernel_kind.ts";
import { spawnSandboxed } from "../../../lib/engine/threads/spawn_sandboxed.ts";
import { workersEngine, type WorkersOptions } from "../../../lib/engine/threads/workers.ts";
import { nativeHere } from "../../../lib/kernels/native/memory/native.ts";
import { sleep } from "../../helpers/sleep.ts";
import { until } from "../../helpers/until.ts";
import { collect, eventsOf, expectedEvents, TRIALS } from "../../contract/engine_suite.ts";

const MAX_SILENCE_MS = 3000;

/** What is told of a worker that goes wrong, by the way in which it does. */
const LOSSES: Readonly<Record<string, string>> = {
  exits: "its worker gave no sign of life for 3 s",
  hangs: "its worker gave no sign of life for 3 s",
  throws: "its worker broke down, Uncaught Error: broken outside a trial",
  rejects: "its worker broke down, Uncaught (in promise) Error: broken behind a trial",
};

function spawnReal(): Worker {
  return spawnSandboxed(new URL("../../../lib/engine/threads/trial_worker.ts", import.meta.url), {
    name: "real",
  });
}

function spawnFaulty(fault: string): Worker {
  return spawnSandboxed(new URL("../faulty_worker.ts", import.meta.url), { name: fault });
}

/** Returns an engine whose first workers go wrong. */
function faultyEngine(
  fault: string,
  { faults, ...options }: Partial<WorkersOptions> & { readonly faults: number },
) {
  let spawned = 0;
  const spawn = () => spawned++ < faults ? spawnFaulty(fault) : spawnReal();
  return workersEngine({ workers: 1, maxSilenceMs: MAX_SILENCE_MS, ...options, spawn });
}

/** Ticks of processor time that the threads of Deno's workers have used, by their names. */
function workerTicks(): ReadonlyMap<string, number> {
  const tasks = [...Deno.readDirSync("/proc/self/task")].map(({ name }) => name);
  return new Map(tasks.flatMap((task) => {
    try {
      const [, name, rest] =
        Deno.readTextFileSync(`/proc/self/task/${task}/stat`).match(/\((worker-\d+)\) (.*)/) ?? [];
      return name === undefined ? [] : [[name, Number(rest.split(" ")[11])] as const];
    } catch {
      // The thread has ended meanwhile.
      return [];
    }
  }));
}

Deno.test({
  name: "workersEngine() leaves no thread at work when a trial takes too long",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const endless = { ...TRIALS[0], solver: { ...TRIALS[0].solver, epochs: 1_000_000_000 } };
    const events = await collect(workersEngine({ workers: 1, trialTimeoutMs: 500 }), { trials: [endless] });
    assertEquals(events.at(-1)?.event.type, "failed");
    // A thread that is to end may have a batch to finish.
    await until("a while in which no worker computes", async () => {
      const before = workerTicks();
      await sleep(300);
      return [...workerTicks()].every(([name, ticks]) => ticks - (before.get(name) ?? 0) <= 2);
    });
  },
});

for (const [fault, reason] of Object.entries(LOSSES)) {
  Deno.test(`workersEngine() runs a trial again on another worker when its worker ${fault}`, async () => {
    // The first worker of a process is slow to start, which is not to be taken for silence.
    await collect(workersEngine({ workers: 1 }), { trials: TRIALS.slice(0, 1) });
    const events = await collect(faultyEngine(fault, { faults: 1 }));
    const lost = events.filter(({ event }) => event.type === "lost").map(({ event }) => event);
    assertEquals(lost, [{ type: "lost", trial: TRIALS[0].id, reason }]);
    for (const trial of TRIALS) assertEquals(eventsOf(trial.id, events), await expectedEvents(trial));
  });
}

Deno.test("workersEngine() reports a trial as failed when its retries are lost too, and runs the others", async () => {
  for (const retries of [0, 1, 2]) {
    const events = await collect(faultyEngine("throws", { faults: retries + 1, retries }));
    assertEquals(eventsOf(TRIALS[0].id, events), [
      { type: "failed", trial: TRIALS[0].id, reason: LOSSES.throws },
    ]);
    assertEquals(events.filter(({ event }) => event.type === "lost").length, retries);
    for (const trial of TRIALS.slice(1)) {
      assertEquals(eventsOf(trial.id, events), await expectedEvents(trial));
    }
  }
});

Deno.test("workersEngine() reports a trial as failed when it takes too long, and does not run it again", async () => {
  const engine = faultyEngine("hangs", { faults: 1, maxSilenceMs: 60_000, trialTimeoutMs: 300 });
  const events = await collect(engine, { trials: TRIALS.slice(0, 1) });
  assertEquals(events.map(({ event }) => event), [
    { type: "started", trial: TRIALS[0].id },
    { type: "failed", trial: TRIALS[0].id, reason: "it ran for more than 0.3 s" },
  ]);
});

Deno.test("workersEngine() goes on from the last checkpoint when a worker is lost", async () => {
  const [trial] = TRIALS;
  const first = await collect(workersEngine({ workers: 1 }), { trials: [trial], checkpointEvery: () => 2 });
  const [{ checkpoint }] = first.filter((event) => event.checkpoint);
  const events = await collect(faultyEngine("throws", { faults: 1 }), {
    trials: [trial],
    resume: () => Promise.resolve(checkpoint!),
  });
  assertEquals(eventsOf(trial.id, events), (await expectedEvents(trial)).slice(3));
});

async function probe(
  kernels: KernelKind = "wasm",
): Promise<Readonly<Record<"sandbox" | "chance", Readonly<Record<string, string>>>>> {
  const worker = spawnSandboxed(new URL("../probe_worker.ts", import.meta.url), {
    name: "probe",
    mayMap: kernels === "native",
  });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      worker.postMessage(kernels);
    });
  } finally {
    worker.terminate();
  }
}

for (const kernels of ["wasm", ...nativeHere() === null ? [] : ["native" as const]] as const) {
  Deno.test(`spawnSandboxed() starts a worker that can reach nothing outside, with ${kernels} kernels`, async () => {
    const { sandbox } = await probe(kernels);
    const reached = Object.entries(sandbox).filter(([, outcome]) => !outcome.startsWith("NotCapable: "));
    assertEquals([Object.keys(sandbox).length, reached], [10, []]);
  });
}

Deno.test("forbidChance() makes clocks, chance and inexact functions throw, and leaves exact ones alone", async () => {
  const { chance } = await probe();
  const { "Math.sqrt": root, "Math.fround": rounded, ...forbidden } = chance;
  assertEquals([root, rounded], ["done", "done"]);
  for (const [name, outcome] of Object.entries(forbidden)) {
    assertEquals(
      outcome,
      `Error: Cannot call ${name} in a trial: its result may differ on another machine`,
    );
  }
});
