import { assert, assertEquals, assertRejects } from "@std/assert";
import { BrokenPromiseError } from "../../../lib/core/check/errors.ts";
import { canonicalJson, type Json } from "../../../lib/core/numbers/digest.ts";
import { decodeCheckpoint } from "../../../lib/engine/checkpoint_bytes.ts";
import { openQueue, type QueueConnection } from "../../../lib/engine/queue/channel/queue_connection.ts";
import { loadBullmq } from "../../../lib/engine/queue/redis/load_bullmq.ts";
import { readRedisUrl } from "../../../lib/engine/queue/redis/redis_address.ts";
import type { Checkpoint } from "../../../lib/experiment/trial/run_trial.ts";
import type { DoneEvent } from "../../../lib/experiment/trial/trial_event.ts";
import type { EndedEvent, RunEvent } from "../../../lib/runner/plan/run_event.ts";
import { sleep } from "../../helpers/sleep.ts";
import { needing } from "../../setup/needing.ts";
import { layCable } from "./cable.ts";
import { onQueue } from "./queue_sandbox.ts";
import type { RedisServer } from "./redis_server.ts";
import { SHORT_LOCK_MS, startTwo, startWorkerProcess } from "./worker_process.ts";

interface Moment {
  readonly type: RunEvent["type"];
  /** Only events of this worker count. Default: those of any. */
  readonly machine?: string;
  readonly then: (event: RunEvent) => void;
}

/** Returns an observer that calls a function at the first event of a kind. */
function atFirst({ type, machine, then }: Moment): (event: RunEvent) => void {
  let isDone = false;
  return (event) => {
    if (isDone || event.type !== type) return;
    if (machine !== undefined && !("machine" in event && event.machine === machine)) return;
    isDone = true;
    then(event);
  };
}

const LOST = "its worker doomed gave no sign of life.";

Deno.test(
  needing("redis", "bullmqEngine() has a trial run elsewhere when its worker is killed in the middle of it"),
  onQueue(async ({ redis, run, local }) => {
    await using workers = await startTwo(redis);
    const { doomed, second } = workers;
    const kill = () => doomed.kill("SIGKILL");
    const { files, notes } = await run({
      disturb: atFirst({ type: "epoch", machine: "doomed", then: kill }),
    });
    assertEquals(files, local);
    assertEquals(notes.filter((note) => note.endsWith(LOST)).length, 1, notes.join("\n"));
    await second.stop();
  }),
);

Deno.test(
  needing(
    "redis",
    "bullmqEngine() reports a trial as failed when its workers are killed more often than it may be run again",
  ),
  onQueue(async ({ redis, run }) => {
    await using workers = await startTwo(redis);
    const { doomed, second } = workers;
    const failures: string[] = [];
    const kill = atFirst({ type: "epoch", machine: "doomed", then: () => doomed.kill("SIGKILL") });
    await run({
      retries: 0,
      disturb: (event) => {
        kill(event);
        if (event.type === "ended" && event.event.type === "failed") failures.push(event.event.reason);
      },
    });
    assertEquals(failures, ["its workers were lost 1 times"]);
    await second.stop();
  }),
);

Deno.test(
  needing(
    "redis",
    "bullmqEngine() takes equal reports of a trial that two workers run for one when the first was only slow",
  ),
  onQueue(async ({ redis, run, local }) => {
    await using workers = await startTwo(redis);
    const { doomed: slow, second } = workers;
    const hold = atFirst({ type: "epoch", machine: "doomed", then: () => slow.kill("SIGSTOP") });
    let isAwake = false;
    const { files, notes, machines } = await run({
      disturb: (event) => {
        hold(event);
        if (isAwake || event.type !== "note" || !event.message.endsWith(LOST)) return;
        isAwake = true;
        slow.kill("SIGCONT");
      },
    });
    assertEquals(files, local);
    assert(isAwake && machines.has("second"), notes.join("\n"));
    await slow.stop();
    await second.stop();
  }),
);

function otherwise(event: DoneEvent): DoneEvent {
  return { ...event, bestValidationAccuracy: 0 };
}

/** Reports the end of a trial once more, as a slow worker would, with another accuracy. */
async function reportOtherwise({ url, keys }: RedisServer, event: DoneEvent): Promise<void> {
  await using queue = await connect(url);
  const [run] = (await keys()).flatMap((key) => /^seedbed:run:(.+):reports$/.exec(key)?.[1] ?? []);
  await queue.channel(run).send(event.trial, [{ event: otherwise(event), worker: "slow", slot: 0 }]);
}

async function connect(url: string): Promise<QueueConnection> {
  return await openQueue(readRedisUrl(url, { source: "--redis" }), { libraries: await loadBullmq() });
}

Deno.test(
  needing(
    "redis",
    "bullmqEngine() stops the run and shows both values when two workers report one trial differently",
  ),
  onQueue(async ({ redis, run }) => {
    await using worker = startWorkerProcess(redis);
    const reported: DoneEvent[] = [];
    const disturb = atFirst({
      type: "ended",
      then: (event) => {
        reported.push((event as EndedEvent).event as DoneEvent);
        reportOtherwise(redis, reported[0]);
      },
    });
    const error = await assertRejects(() => run({ disturb }), BrokenPromiseError);
    const [text, otherText] = [reported[0], otherwise(reported[0])].map((event) =>
      canonicalJson(event as unknown as Json)
    );
    assertEquals(
      error.message,
      `Cannot accept an event of trial ${
        reported[0].trial
      }: the same trial gave another value before, found ` +
        `${otherText} after ${text}`,
    );
    await worker.stop();
  }),
);

for (
  const [how, flags] of [
    ["with its append-only file", ["--appendonly", "yes"]],
    ["with nothing of what it knew", []],
  ] as const
) {
  Deno.test(
    needing("redis", `bullmqEngine() loses no trial when Redis dies and comes back ${how}`),
    onQueue(async ({ redis, run, local }) => {
      await using workers = await startTwo(redis);
      let restarted = Promise.resolve();
      const restart = async () => {
        await redis.kill();
        await sleep(SHORT_LOCK_MS);
        await redis.restart();
      };
      const { files } = await run({
        disturb: atFirst({ type: "ended", then: () => restarted = restart() }),
      });
      await restarted;
      assertEquals(files, local);
      await workers.doomed.stop();
      await workers.second.stop();
    }, { flags }),
  );
}

Deno.test(
  needing("redis", "bullmqEngine() loses no trial when a worker and the submitter are cut off for 10 s"),
  onQueue(async ({ redis, run, local }) => {
    await using cable = layCable(redis);
    await using workers = await startTwo(cable, { second: redis, lockMs: 3000 });
    const cut = () => {
      cable.pull();
      setTimeout(cable.plug, 10_000);
    };
    const { files, machines } = await run({
      url: cable.url,
      disturb: atFirst({ type: "epoch", machine: "doomed", then: cut }),
    });
    assertEquals(files, local);
    assert(machines.has("second"));
    await workers.doomed.stop();
    await workers.second.stop();
  }),
);

function readCheckpoint(path: string, trial: string): Checkpoint | null {
  try {
    return decodeCheckpoint(Deno.readFileSync(path), { trial });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

Deno.test(
  needing(
    "redis",
    "bullmqEngine() has a trial go on elsewhere at its last checkpoint when its worker is killed",
  ),
  onQueue(async ({ folder, redis, run, local }) => {
    await using workers = await startTwo(redis);
    const { doomed, second } = workers;
    // The trial whose worker was killed, and the epoch of the checkpoint that was there.
    const killed: { readonly trial: string; readonly epoch: number }[] = [];
    const later: number[] = [];
    const { files } = await run({
      checkpointEvery: 1,
      disturb: (event) => {
        if (event.type !== "epoch") return;
        const { trial, epoch } = event.event;
        if (event.machine === "second" && killed[0]?.trial === trial) later.push(epoch);
        if (event.machine !== "doomed" || killed.length > 0) return;
        const checkpoint = readCheckpoint(`${folder}/results/blobs_rate/checkpoints/${trial}.bin`, trial);
        // A busy worker may learn only after some epochs, or trials, that checkpoints are wanted.
        if (checkpoint === null) return;
        killed.push({ trial, epoch: checkpoint.epoch });
        doomed.kill("SIGKILL");
      },
    });
    assertEquals(files, local);
    // The worker may have been faster than its end.
    assertEquals(killed.length, 1);
    assertEquals(later.filter((epoch) => epoch <= killed[0].epoch), []);
    await second.stop();
  }),
);

Deno.test(
  needing(
    "redis",
    "openQueueRun() takes out of Redis what a run has left that was killed when all of its trials had ended",
  ),
  onQueue(async ({ folder, redis, run, local }) => {
    await using worker = startWorkerProcess(redis, { workers: 2 });
    await run();
    await worker.stop();
    {
      await using queue = await connect(redis.url);
      await queue.channel("killed").open();
    }
    await Deno.writeTextFile(`${folder}/results/blobs_rate/queue.json`, '{"run":"killed"}\n');
    assertEquals((await run()).files, local);
  }),
);
