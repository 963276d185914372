import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { PastResults } from "../../../lib/report/trend/trend.ts";
import { followTrials } from "../../../lib/runner/history/follow_trials.ts";
import { pastOf, summaryOf } from "../../report/trend/fakes.ts";

const OLD = summaryOf({ 0.1: 0.5, 0.3: 1 });
const NEW = summaryOf({ 0.1: 0.5, 0.25: 0.75, 0.2: 1 });
const PAST = [pastOf({ problem: "Cannot read it" }), pastOf({ summary: NEW }), pastOf({ summary: OLD })];

function newestFirst(read: PastResults[] = []): AsyncGenerator<PastResults> {
  return (async function* () {
    for (const past of PAST) {
      read.push(past);
      yield await Promise.resolve(past);
    }
  })();
}

Deno.test("followTrials() finds each trial in the newest results that have it, in the given order", async () => {
  const read: PastResults[] = [];
  assertEquals(await followTrials(["0.25", "0.1-0"], { name: "a", past: newestFirst(read) }), [
    { id: "0.25-0", point: { rate: 0.25 }, repeat: 0 },
    { id: "0.1-0", point: { rate: 0.1 }, repeat: 0 },
  ]);
  assertEquals(read.length, 2);
  assertEquals(await followTrials(["0.3", "0.1"], { name: "a", past: newestFirst() }), [
    { id: "0.3-0", point: { rate: 0.3 }, repeat: 0 },
    { id: "0.1-0", point: { rate: 0.1 }, repeat: 0 },
  ]);
});

Deno.test("followTrials() reads nothing when no trial is given", async () => {
  const read: PastResults[] = [];
  assertEquals(await followTrials([], { name: "a", past: newestFirst(read) }), []);
  assertEquals(read, []);
});

Deno.test("followTrials() says which trial is unknown, or is not one", async () => {
  const cases = [
    [
      ["0.1", "0.9"],
      'Cannot follow trial "0.9": --trial must be the beginning of the id of a trial that a commit of results/a ' +
      "has; trials.csv lists them",
    ],
    [
      ["0.2"],
      'Cannot follow trial "0.2": --trial must be the beginning of one trial\'s id, found 0.25-0, 0.2-0',
    ],
  ] as const;
  for (const [ids, message] of cases) {
    const error = await assertRejects(
      () => followTrials(ids, { name: "a", past: newestFirst() }),
      InputError,
    );
    assertEquals(error.message, message);
  }
});
