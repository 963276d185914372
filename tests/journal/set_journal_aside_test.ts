import { assertEquals } from "@std/assert";
import { setJournalAside } from "../../lib/journal/set_journal_aside.ts";
import { doneEvents } from "../report/fakes.ts";
import { withJournal, writeJournal } from "./fakes.ts";

Deno.test(
  "setJournalAside() takes the first free number and deletes nothing",
  withJournal(async (path) => {
    assertEquals(setJournalAside(path), null);
    for (const number of [1, 2]) {
      await writeJournal(path, doneEvents(`trial ${number}`, 0.5));
      const text = Deno.readTextFileSync(path);
      const aside = path.replace(".jsonl", `.${number}.jsonl`);
      assertEquals(setJournalAside(path), aside);
      assertEquals(Deno.readTextFileSync(aside), text);
    }
  }),
);
