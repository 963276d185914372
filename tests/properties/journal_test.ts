import { testFindings } from "../../lib/report/summary/summarize.ts";
import { assert, assertEquals } from "@std/assert";
import { encodeRecord } from "../../lib/journal/journal_record.ts";
import { replayJournal } from "../../lib/journal/replay_journal.ts";
import { TrialLog } from "../../lib/journal/trial_log.ts";
import { stableJson } from "../../lib/report/files/stable_json.ts";
import { doneEvents, fakeExperiment, fakeGrid } from "../report/fakes.ts";
import { summarizeEvents } from "../report/summarize_events.ts";
import { fc } from "./fast_check.ts";
import { refusing, settings } from "./settings.ts";

const HEADER = {
  type: "header",
  experiment: "e",
  experimentDigest: "x",
  dataDigest: "d",
  numericsVersion: 1,
} as const;
const GRID = fakeGrid(fakeExperiment());
const RECORDS: readonly unknown[] = [
  HEADER,
  { type: "warnings", warnings: [{ code: "c", where: "w", message: "m" }] },
  ...GRID.trials.flatMap(({ id }) => doneEvents(id, 0.5)),
  { type: "test", trial: GRID.trials[0].id, testAccuracy: 0.25 },
];

const JUNK = fc.oneof(fc.jsonValue(), fc.constantFrom(-1, 1e300, "", [], {}, null, "__proto__"));

/** A change of one record: a field that is another, that is gone or that nobody knows. */
const CHANGE = fc.record({
  at: fc.nat(RECORDS.length - 1),
  field: fc.oneof(
    fc.constantFrom(
      "type",
      "trial",
      "epoch",
      "loss",
      "reason",
      "warnings",
      "bestEpoch",
      "testAccuracy",
      "split",
    ),
    fc.string(),
  ),
  value: fc.option(JUNK),
});

function changed(
  record: unknown,
  { field, value }: { readonly field: string; readonly value: unknown },
): unknown {
  const entries = Object.entries(record as object).filter(([name]) => name !== field);
  return Object.fromEntries(value === null ? entries : [...entries, [field, value]]);
}

function journalOf(records: readonly unknown[]): Uint8Array {
  return new TextEncoder().encode(records.map((record) => encodeRecord(record as never)).join(""));
}

Deno.test("replayJournal() refuses records that are none though their checksums are right, or all can be summed up", async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(CHANGE, { minLength: 1, maxLength: 2 }), async (changes) => {
      const records = [...RECORDS];
      for (const change of changes) records[change.at] = changed(records[change.at], change);
      const replay = await refusing(() => replayJournal(journalOf(records), { path: "journal.jsonl" }));
      if (replay === null) return;
      read += 1;
      const { log } = replay;
      const summary = summarizeEvents(fakeExperiment(), {
        grid: GRID,
        dataDigest: "d",
        events: log.endedEvents(),
        ...testFindings(log.tests()),
        ...log.findings(),
      });
      assert(!stableJson(summary).includes("NaN"));
    }),
    settings(500),
  );
  assert(read > 20, `too few journals were read to say much, found ${read}`);
});

Deno.test("replayJournal() keeps to whole lines when bytes of a journal are lost or others", async () => {
  const bytes = journalOf(RECORDS);
  const edit = fc.record({
    at: fc.nat(bytes.length),
    length: fc.nat(300),
    put: fc.uint8Array({ maxLength: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(edit, async ({ at, length, put }) => {
      const edited = new Uint8Array([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + length)]);
      const replay = await refusing(() => replayJournal(edited, { path: "journal.jsonl" }));
      if (replay === null) return;
      assertEquals(replay.wholeBytes + replay.tornBytes, edited.length);
      assert(replay.log instanceof TrialLog);
    }),
    settings(500),
  );
});
