import { assertEquals } from "@std/assert";
import { SpareWorkers } from "../../../lib/engine/threads/spare_workers.ts";
import { workersEngine } from "../../../lib/engine/threads/workers.ts";
import { collect, eventsOf, expectedEvents, TRIALS } from "../../contract/engine_suite.ts";

for (const [what, started] of [["fewer", 1], ["as many", 2], ["more", 3]] as const) {
  Deno.test(`SpareWorkers run the trials of an engine when ${what} were started than it takes`, async () => {
    using spare = new SpareWorkers();
    spare.start({ workers: started });
    const events = await collect(workersEngine({ workers: 2, spawn: spare.take }));
    for (const trial of TRIALS) assertEquals(eventsOf(trial.id, events), await expectedEvents(trial));
  });
}

Deno.test("SpareWorkers.take() gives each worker once, and a new one when there is none", () => {
  using spare = new SpareWorkers();
  spare.start({ workers: 1 });
  const setting = {} as Parameters<typeof spare.take>[1];
  const workers = [spare.take(0, setting), spare.take(0, setting), spare.take(1, setting)];
  assertEquals(new Set(workers).size, 3);
  for (const worker of workers) worker.terminate();
});

Deno.test("SpareWorkers end when nobody has taken them, and when somebody has they go on", () => {
  const { terminate } = Worker.prototype;
  const ended = new Set<Worker>();
  Worker.prototype.terminate = function () {
    ended.add(this);
    terminate.call(this);
  };
  try {
    const spare = new SpareWorkers();
    spare.start({ workers: 3 });
    const taken = spare.take(0, {} as Parameters<typeof spare.take>[1]);
    spare[Symbol.dispose]();
    assertEquals([ended.size, ended.has(taken)], [2, false]);
    taken.terminate();
  } finally {
    Worker.prototype.terminate = terminate;
  }
});
