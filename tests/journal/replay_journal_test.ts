import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { encodeRecord } from "../../lib/journal/journal_record.ts";
import { replayJournal } from "../../lib/journal/replay_journal.ts";
import { LINES, OPTIONS } from "./fakes.ts";

Deno.test("replayJournal() names what is missing of a trial that has a result", () => {
  const cases: readonly (readonly [number, string])[] = [[
    2,
    "trial a has a result, and its epoch 0 is missing",
  ], [
    3,
    "trial a has a result, and its epoch 1 is missing",
  ], [5, "trial b has a result, and its epoch 0 is missing"]];
  for (const [index, message] of cases) {
    const bytes = new TextEncoder().encode(LINES.toSpliced(index, 1).join(""));
    const error = assertThrows(() => replayJournal(bytes, { path: "j", ...OPTIONS }), InputError);
    assertEquals(
      error.message,
      `Cannot read j: ${message}; run --salvage keeps the undamaged trials, ` +
        "--fresh renames the file and starts a new one",
    );
  }
});

Deno.test("replayJournal() reads texts with every separator that JSON lets stand", () => {
  const reason = "a\u2028b\u2029c\u0085d\ufeff\r\n";
  const text = LINES[0] + encodeRecord({ type: "failed", trial: "x", reason });
  const { log } = replayJournal(new TextEncoder().encode(text), { path: "j" });
  assertEquals(log.end("x"), { type: "failed", trial: "x", reason });
});
