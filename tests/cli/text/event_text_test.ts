import { assertEquals } from "@std/assert";
import { dataText, endedText, plannedText, trialText } from "../../../lib/cli/text/event_text.ts";
import { fakeExperiment, fakeGrid } from "../../report/fakes.ts";

const { trials } = fakeGrid(fakeExperiment({ repeats: 2 }));

Deno.test("plannedText() counts trials, and says trial of a single one", () => {
  const event = {
    type: "planned",
    experiment: "e",
    trials: 6,
    finished: 4,
    toRun: trials.slice(4),
    groups: [],
    expectedMs: null,
  } as const;
  assertEquals(plannedText(event), "e: 6 trials, 4 with a result, 2 to run\n");
  assertEquals(
    plannedText({ ...event, trials: 1, finished: 1, toRun: [] }),
    "e: 1 trial, 1 with a result, 0 to run\n",
  );
});

Deno.test("dataText() shows whole percents, and none where the end is not known", () => {
  const event = { type: "data", label: "fetching", done: 199 } as const;
  assertEquals(dataText({ ...event, total: 200 }), "fetching, 99 %");
  assertEquals(dataText({ ...event, total: null }), "fetching");
  assertEquals(dataText({ ...event, done: 0, total: 0 }), "fetching");
});

Deno.test("trialText() names the point, and a repeat behind the first", () => {
  assertEquals(trials.slice(0, 2).map(trialText), ["rate=0.1", "rate=0.1 (repeat 1)"]);
});

const DONE = {
  type: "done",
  trial: "a",
  bestEpoch: 3,
  bestValidationAccuracy: 0.98765,
  weightsSha256: "s",
} as const;
const FAILED = { type: "failed", trial: "a", reason: "its worker died" } as const;

Deno.test("endedText() gives accuracy or reason, and another machine", () => {
  const whole = { name: "rate=0.1", columns: null };
  assertEquals(endedText({ event: DONE }, whole), "98.77 % validation at epoch 3: rate=0.1");
  assertEquals(
    endedText({ event: DONE, machine: "node7" }, { ...whole, head: "[1/2] " }),
    "[1/2] 98.77 % validation at epoch 3, on node7: rate=0.1",
  );
  assertEquals(
    endedText({ event: FAILED, machine: "node7" }, whole),
    "rate=0.1: failed: its worker died, on node7",
  );
});

Deno.test("endedText() shortens a name in its middle where a terminal is too narrow, and no number", () => {
  const name = "hiddenDims=100,100, rate=0.001";
  assertEquals(
    endedText({ event: DONE }, { name, columns: 55 }),
    "98.77 % validation at epoch 3: hiddenDims=100,…te=0.001",
  );
  assertEquals(
    endedText({ event: DONE }, { name, columns: 40 }),
    "98.77 % validation at epoch 3:\n  hiddenDims=100,100, rate=0.001",
  );
  assertEquals(
    endedText({ event: FAILED }, { name, columns: 40 }),
    "hiddenDims=100,100, rate=0.001: failed:\n  its worker died",
  );
});
