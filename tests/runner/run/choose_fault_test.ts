import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { TrialLog } from "../../../lib/journal/trial_log.ts";
import { checkInjected, chooseFault } from "../../../lib/runner/run/choose_fault.ts";
import { doneEvents } from "../../report/fakes.ts";
import { fakePlan } from "../fake_plan.ts";

const PLAN = fakePlan("results");
const { grid: { trials } } = PLAN;

Deno.test("chooseFault() is before an epoch of the first trial, and none unless it is asked for", () => {
  assertEquals(chooseFault(PLAN, { faultEpoch: 1, toRun: trials }), { trial: "0.1-0", epoch: 1 });
  assertEquals(chooseFault(PLAN, { toRun: trials }), undefined);
});

Deno.test("chooseFault() throws when the run would not get there", () => {
  const cases: readonly (readonly [faultEpoch: number, toRun: typeof trials, message: string])[] = [
    [
      2,
      trials,
      "Cannot inject a fault before epoch 2: it must be at most the 1 epochs of 0.1-0, the first trial of fake_question",
    ],
    [
      1,
      trials.slice(1),
      "Cannot inject a fault: 0.1-0, the first trial of fake_question must run, but has a result or is left out",
    ],
  ];
  for (const [faultEpoch, toRun, message] of cases) {
    assertEquals(assertThrows(() => chooseFault(PLAN, { faultEpoch, toRun }), InputError).message, message);
  }
});

Deno.test("checkInjected() throws when the trial ended before the epoch", () => {
  const log = new TrialLog();
  for (const event of doneEvents("a", 0.5).slice(0, 1)) log.add(event);
  checkInjected(undefined, log);
  checkInjected({ trial: "a", epoch: 1 }, log);
  const messageOf = () =>
    assertThrows(() => checkInjected({ trial: "a", epoch: 2 }, log), InputError).message;
  const start = "Cannot inject a fault before epoch 2: trial a must reach that epoch, found ";
  assertEquals(messageOf(), `${start}no end`);
  log.add({ type: "diverged", trial: "a", epoch: 1, reason: "loss is NaN" });
  assertEquals(messageOf(), `${start}diverged: loss is NaN`);
});
