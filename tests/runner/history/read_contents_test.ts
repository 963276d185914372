import { assertEquals } from "@std/assert";
import { readContents } from "../../../lib/runner/history/read_contents.ts";
import { needing } from "../../setup/needing.ts";
import { withHistory } from "./with_history.ts";

const idOf = async (git: (...args: string[]) => Promise<string>, path: string) =>
  (await git("rev-parse", `HEAD:results/${path}`)).trim();

Deno.test(
  needing("git", "readContents() gives texts in the order of their ids, and null for what is none"),
  withHistory(async ({ resultsDir, commit, git }) => {
    const long = "line\n".repeat(100_000);
    await commit("one", { "a/empty": "", "a/long": long, "a/letters": "é\r\n\0 blob 7\n" });
    const [empty, whole, letters, folder] = [
      await idOf(git, "a/empty"),
      await idOf(git, "a/long"),
      await idOf(git, "a/letters"),
      await idOf(git, "a"),
    ];
    const ids = [letters, whole, "0123456789", empty, folder, letters];
    const texts = await Array.fromAsync(readContents(ids, { folder: resultsDir }));
    assertEquals(texts, ["é\r\n\0 blob 7\n", long, null, "", null, "é\r\n\0 blob 7\n"]);
    assertEquals(await Array.fromAsync(readContents([], { folder: resultsDir })), []);
  }),
);

Deno.test(
  needing(
    "git",
    "readContents() ends its process when no more is read, and reads more ids than a pipe holds",
  ),
  withHistory(async ({ resultsDir, commit, git }) => {
    await commit("one", { "a/text": "text".repeat(1000) });
    const ids = Array(20_000).fill(await idOf(git, "a/text"));
    for await (const text of readContents(ids, { folder: resultsDir })) {
      assertEquals(text?.length, 4000);
      break;
    }
    let count = 0;
    for await (const text of readContents(ids, { folder: resultsDir })) count += text!.length;
    assertEquals(count, 20_000 * 4000);
  }),
);

Deno.test(
  needing("git", "readContents() gives null for each id where git fails"),
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      assertEquals(await Array.fromAsync(readContents(["aa", "bb"], { folder })), [null, null]);
    } finally {
      await Deno.remove(folder);
    }
  },
);
