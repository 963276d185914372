import { assertEquals } from "@std/assert";
import { barProgress } from "../../../lib/cli/progress/bar_progress.ts";
import { doneEvents, fakeExperiment, fakeGrid } from "../../report/fakes.ts";
import { recordingTerminal } from "../recording_terminal.ts";

const { trials } = fakeGrid(fakeExperiment());
const PLANNED = {
  type: "planned",
  experiment: "e",
  trials: 3,
  finished: 0,
  toRun: trials,
  groups: [],
  expectedMs: null,
} as const;

Deno.test("barProgress() says what it does before bars come, and takes the line of the data away again", () => {
  const terminal = recordingTerminal();
  {
    using progress = barProgress(terminal, { workers: 2 });
    progress.observe({ type: "note", message: "something" });
    progress.observe({ type: "data", label: "fetching", done: 1, total: 4 });
    progress.observe(PLANNED);
  }
  assertEquals(
    terminal.written().error,
    "note: something\n\r\x1b[Kfetching, 25 %\r\x1b[Ke: 3 trials, 0 with a result, 3 to run\n",
  );
  assertEquals(terminal.written().out, "");
});

Deno.test("barProgress() names a trial that ended by its point, and passes over one that nobody planned", () => {
  const terminal = recordingTerminal();
  using progress = barProgress(terminal, { workers: 1 });
  progress.observe(PLANNED);
  const before = terminal.written().error.length;
  const [, , done] = doneEvents("0.2-0", 0.5);
  progress.observe({ type: "ended", event: done as never, worker: 0 });
  progress.observe({ type: "ended", event: { ...done, trial: "other" } as never, worker: 0 });
  assertEquals(terminal.written().error.slice(before), "50.00 % validation at epoch 1: rate=0.2\n");
});

Deno.test("barProgress() shortens the name of a trial that ended so that its line fits, and wraps a reason", () => {
  const terminal = recordingTerminal({ columns: 60 });
  using progress = barProgress(terminal, { workers: 1 });
  const long = { ...trials[0], id: "long", point: { kind: "x".repeat(50) } };
  progress.observe({ ...PLANNED, toRun: [long] });
  const before = terminal.written().error.length;
  const [, , done] = doneEvents("long", 0.5);
  progress.observe({ type: "ended", event: done as never, worker: 0 });
  const reason = "the loss is no finite number at epoch 3";
  progress.observe({ type: "ended", event: { type: "diverged", trial: "long", reason } as never, worker: 0 });
  const lines = terminal.written().error.slice(before).split("\n");
  assertEquals(lines, [
    "50.00 % validation at epoch 1: kind=xxxxxxxxxxxxx…xxxxxxxxx",
    `kind=${"x".repeat(50)}:`,
    "  diverged: the loss is no finite number at epoch 3",
    "",
  ]);
});
