import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { checkCommitted } from "../../../lib/runner/files/git.ts";
import { needing } from "../../setup/needing.ts";
import { withRepository } from "../with_repository.ts";

Deno.test(
  needing("git", "checkCommitted() says what git said, and what the file is to it"),
  () =>
    withRepository(async (folder) => {
      const found = async (file: string) => {
        const error = await assertRejects(() => checkCommitted(`${folder}/${file}`), InputError);
        return /found (.*); --allow-dirty/.exec(error.message)?.[1].replaceAll(folder, "FOLDER");
      };
      assertEquals(await found("origin/new.ts"), "a file that git does not know");
      assertEquals(await found("origin/ignored.ts"), "a file that git ignores");
      assertStringIncludes(await found("outside.ts") ?? "", "that git says: not a git repository (or any ");
      // git's own switch for its tests: as if another user owned the repository.
      Deno.env.set("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
      try {
        assertEquals(
          await found("origin/results/mine/summary.json"),
          "that git says: detected dubious ownership in repository at 'FOLDER/origin' To add an exception for this " +
            "directory, call: git config --global --add safe.directory FOLDER/origin",
        );
      } finally {
        Deno.env.delete("GIT_TEST_ASSUME_DIFFERENT_OWNER");
      }
    }),
);
