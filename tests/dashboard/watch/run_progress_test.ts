import { assertEquals } from "@std/assert";
import { advance, type RunProgress } from "../../../lib/dashboard/watch/run_progress.ts";
import type { ActivityLine } from "../../../lib/runner/run/activity.ts";
import { startLine } from "../fakes.ts";

function progressOf(...lines: readonly ActivityLine[]): RunProgress | null {
  return lines.reduce<RunProgress | null>(advance, null);
}

const START = startLine();

const started = (trial: string, { worker, at = 0 }: { worker: number; at?: number }): ActivityLine => ({
  type: "started",
  at,
  trial,
  worker,
});

const ended = (trial: string, { worker }: { worker: number }): ActivityLine => ({
  type: "ended",
  at: 0,
  trial,
  worker,
});

Deno.test("advance() knows of no run before its first line", () => {
  assertEquals(progressOf(), null);
  assertEquals(progressOf(started("a", { worker: 0 })), null);
});

Deno.test("advance() says what each worker does, in their order, since when", () => {
  const progress = progressOf(
    START,
    started("b", { worker: 1, at: 20 }),
    started("a", { worker: 0, at: 30 }),
    ended("b", { worker: 1 }),
    started("c", { worker: 1, at: 40 }),
  );
  assertEquals([...progress!.workers], [[0, { trial: "a", since: 30 }], [1, { trial: "c", since: 40 }]]);
});

Deno.test("advance() names the machine of a worker, unless it is this one", () => {
  const line = { ...started("b", { worker: 0, at: 20 }), machine: "node7" };
  assertEquals([...progressOf(START, line)!.workers], [[0, { trial: "b", since: 20, machine: "node7" }]]);
});

Deno.test("advance() keeps a worker's trial when the end of an earlier one comes late", () => {
  const progress = progressOf(START, started("b", { worker: 0 }), ended("a", { worker: 0 }));
  assertEquals([...progress!.workers.values()], [{ trial: "b", since: 0 }]);
});

Deno.test("advance() keeps the last five notes, the last first", () => {
  const notes = [1, 2, 3, 4, 5, 6].map((at): ActivityLine => ({ type: "note", at, message: `note ${at}` }));
  assertEquals(progressOf(START, ...notes)?.notes, ["note 6", "note 5", "note 4", "note 3", "note 2"]);
});

Deno.test("advance() has no workers when the run has ended, and forgets all when the next begins", () => {
  const closed: ActivityLine = { type: "closed", at: 9000, status: "complete" };
  const progress = progressOf(START, started("a", { worker: 0 }), closed);
  assertEquals(progress, { start: START, workers: new Map(), notes: [], closed });
  const next = startLine({ at: 10_000 });
  assertEquals(advance(progress, next), { start: next, workers: new Map(), notes: [], closed: null });
});
