import { assert, assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { VERSIONS } from "../../../lib/engine/queue/channel/queued_trial.ts";
import { needing } from "../../setup/needing.ts";
import { startWorker } from "./local_queue.ts";
import { onQueue } from "./queue_sandbox.ts";
import { startWorkerProcess, type WorkerProcess } from "./worker_process.ts";

const SEED = Deno.env.get("SEEDBED_TEST_SEED") ?? "231";

// For workers of a test in which nobody is to be given up or to try again, however busy the machine is.
const PATIENT = { lockMs: 60_000, pauseMs: 60_000 } as const;

/** Workers that must not run a trial, and what they say of it. */
const OTHERS = [
  {
    what: "another numerics version",
    versions: { ...VERSIONS, numericsVersion: 999 },
    reason: `its numerics version is 999, the trial's is ${VERSIONS.numericsVersion}`,
  },
  {
    what: "another version of Seedbed",
    versions: { ...VERSIONS, seedbedVersion: "9.9.9" },
    reason: `its Seedbed version is 9.9.9, the trial's is ${VERSIONS.seedbedVersion}`,
  },
];

for (const { what, versions, reason } of OTHERS) {
  Deno.test(
    needing(
      "redis",
      `serveQueue() hands trials on and says why when it is of ${what}, and another worker runs them`,
    ),
    onQueue(async ({ redis, run, local }) => {
      await using other = startWorkerProcess(redis, { name: "other", versions, ...PATIENT });
      const right: WorkerProcess[] = [];
      const { files, notes, machines } = await run({
        disturb: (event) => {
          if (event.type === "note" && right.length === 0) {
            right.push(startWorkerProcess(redis, { name: "right", workers: 2, ...PATIENT }));
          }
        },
      });
      await using worker = right[0];
      assertEquals(files, local);
      assertEquals(
        notes.map((note) => note.replace(/[0-9a-f]{16}/, "ID")),
        [`Worker other refuses trials such as ID: ${reason}; another must run them.`],
      );
      assertEquals([...machines], ["right"]);
      await other.stop();
      await worker.stop();
    }),
  );
}

Deno.test(
  needing("redis", "serveQueue() takes trials again a while after it has refused one"),
  onQueue(async ({ redis, run, local }) => {
    let refused = 0;
    let seenTwice = () => {};
    const twice = new Promise<void>((resolve) => seenTwice = resolve);
    const versions = { ...VERSIONS, seedbedVersion: "9.9.9" };
    const running = run();
    {
      await using _other = startWorker(redis, {
        versions,
        pauseMs: 50,
        observe: ({ event }) => event.type === "remark" && ++refused === 2 && seenTwice(),
      });
      await twice;
    }
    await using worker = startWorkerProcess(redis, { workers: 2 });
    assertEquals((await running).files, local);
    await worker.stop();
  }),
);

Deno.test(
  needing("redis", "bullmqEngine() gives each of two runs of one experiment all of its trials"),
  onQueue(async ({ folder, redis, run, local }) => {
    await using worker = startWorkerProcess(redis, { workers: 2 });
    const runs = await Promise.all([run(), run({ resultsDir: `${folder}/second` })]);
    assertEquals(runs.map(({ files }) => files), [local, local]);
    await worker.stop();
  }),
);

Deno.test(
  needing(
    "redis",
    "bullmqEngine() says that nobody works when no worker is there, and goes on when one comes",
  ),
  onQueue(async ({ redis, run, local }) => {
    const workers: WorkerProcess[] = [];
    const { files, notes } = await run({
      disturb: ({ type }) => {
        if (type === "note") workers.push(startWorkerProcess(redis, { workers: 2, ...PATIENT }));
      },
    });
    await using worker = workers[0];
    assertEquals(files, local);
    assertEquals(notes, [
      `No worker takes trials from 127.0.0.1:${redis.port}; \`deno task worker --redis URL\` starts one.`,
    ]);
    await worker.stop();
  }),
);

for (
  const [graceMs, does, stopped] of [[60_000, "finishes", 0], [0, "hands back", 1]] as const
) {
  Deno.test(
    needing(
      "redis",
      `serveQueue() ${does} its trial when it is asked to stop and may take ${graceMs / 1000} s`,
    ),
    onQueue(async ({ redis, run, local }) => {
      await using leaving = startWorkerProcess(redis, { name: "leaving", graceMs });
      await using second = startWorkerProcess(redis, { name: "second", lockMs: 60_000 });
      let left = Promise.resolve();
      let hasLeft = false;
      const { files, notes } = await run({
        disturb: (event) => {
          if (hasLeft || event.type !== "epoch" || event.machine !== "leaving") return;
          hasLeft = true;
          left = leaving.stop();
        },
      });
      assertEquals(files, local);
      const told = notes.filter((note) => note.endsWith("its worker leaving was asked to stop."));
      assertEquals([told.length, notes.length], [stopped, stopped], notes.join("\n"));
      await left;
      await second.stop();
    }),
  );
}

Deno.test(
  needing(
    "redis",
    `bullmqEngine() ends in the bytes of a local run when workers join, leave and are killed, seed ${SEED}`,
  ),
  onQueue(async ({ redis, run, local }) => {
    const random = openStream(`${SEED}/queue/elastic`);
    const workers = [startWorkerProcess(redis, { name: "0" })];
    const leaving: Promise<void>[] = [];
    const { files, machines } = await run({
      disturb: ({ type }) => {
        if (type !== "ended") return;
        if (random.below(2) === 0) workers.push(startWorkerProcess(redis, { name: `${workers.length}` }));
        if (workers.length < 3 || random.below(3) > 0) return;
        const [oldest] = workers.splice(0, 1);
        if (random.below(2) === 0) leaving.push(oldest.stop());
        else leaving.push(oldest[Symbol.asyncDispose]() as Promise<void>);
      },
    });
    assertEquals(files, local);
    assert(machines.size > 1);
    await Promise.all([...leaving, ...workers.map((worker) => worker.stop())]);
  }),
);
