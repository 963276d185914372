import { assertEquals } from "@std/assert";
import { readJournal } from "../../lib/journal/read_journal.ts";
import { doneEvents } from "../report/fakes.ts";
import { HEADER } from "./fakes.ts";

Deno.test("readJournal() reads a journal of format 1", () => {
  const replay = readJournal(new URL("fixtures/format_1.jsonl", import.meta.url).pathname)!;
  assertEquals(replay.tornBytes, 0);
  assertEquals(replay.header, { ...HEADER, experimentDigest: "e2" });
  const { log } = replay;
  assertEquals(log.endedEvents(), [
    ...doneEvents("a", 0.5),
    { type: "diverged", trial: "b", epoch: 1, reason: "loss is NaN at step 2 of epoch 1" },
    ...doneEvents("c", 0.75),
  ]);
  assertEquals(log.epoch("d", 0), doneEvents("d", 0.25)[0]);
  assertEquals([...log.tests()].map(([trial, { testAccuracy }]) => [trial, testAccuracy]), [["c", 0.625]]);
});
