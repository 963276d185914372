import { assertEquals } from "@std/assert";
import { joinJournals } from "../../../lib/runner/shards/join_journals.ts";
import { inFolder } from "../../helpers/in_folder.ts";

Deno.test(
  "joinJournals() writes the journals one after the other, past one that is not there, and then the end",
  inFolder(async (folder) => {
    // More than one buffer holds.
    const long = `${"x".repeat(99)}\n`.repeat(15_000);
    for (const [name, text] of [["a", "1\n2\n"], ["b", null], ["c", long]] as const) {
      await Deno.mkdir(`${folder}/${name}`);
      if (text !== null) await Deno.writeTextFile(`${folder}/${name}/journal.jsonl`, text);
    }
    const folders = ["a", "b", "c"].map((name) => `${folder}/${name}`);
    await joinJournals(`${folder}/out/journal.jsonl`, { folders, end: "end\n" });
    assertEquals(await Deno.readTextFile(`${folder}/out/journal.jsonl`) === `1\n2\n${long}end\n`, true);
  }),
);
