import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { checkCommitted } from "../../../lib/runner/files/git.ts";
import { readRevisionSide } from "../../../lib/runner/results/read_side.ts";
import { runGit } from "../../e2e/repository.ts";
import { needing } from "../../setup/needing.ts";

/** Runs a test in a repository of one commit, with an ignored file and a shallow clone of two commits. */
async function withRepository(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await runGit(folder, ["init", "--quiet", "--initial-branch", "main", "origin"]);
    const origin = `${folder}/origin`;
    await Deno.mkdir(`${origin}/results/mine`, { recursive: true });
    await Deno.writeTextFile(`${origin}/.gitignore`, "ignored.ts\n");
    for (const text of ["{}", "{ }"]) {
      await Deno.writeTextFile(`${origin}/results/mine/summary.json`, text);
      await runGit(origin, ["add", "."]);
      const name = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"];
      await runGit(origin, [...name, "commit", "--quiet", "-m", text]);
    }
    await Deno.writeTextFile(`${origin}/ignored.ts`, "");
    await Deno.writeTextFile(`${origin}/new.ts`, "");
    await runGit(folder, ["clone", "--quiet", "--depth", "1", `file://${origin}`, "shallow"]);
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test(
  needing("git", "readRevisionSide() says what git said when it cannot give a revision"),
  () =>
    withRepository(async (folder) => {
      const cases = [
        [
          "shallow",
          "HEAD~1",
          "Cannot compare HEAD~1: it must be a folder of results, or a git revision that has " +
          "FOLDER/shallow/results/mine/summary.json; git says: invalid object name 'HEAD~1'.; " +
          "the clone is shallow, and git fetch --unshallow brings the rest of it",
        ],
        [
          "origin",
          "nowhere",
          "Cannot compare nowhere: it must be a folder of results, or a git revision that has " +
          "FOLDER/origin/results/mine/summary.json; git says: invalid object name 'nowhere'.",
        ],
        [
          "origin",
          "HEAD",
          "Cannot compare HEAD: it must be a folder of results, or a git revision that has " +
          "FOLDER/origin/results/mine/trials.csv; git says: path 'results/mine/trials.csv' " +
          "does not exist in 'HEAD'",
        ],
      ] as const;
      for (const [clone, revision, message] of cases) {
        const side = () => readRevisionSide(revision, { folder: `${folder}/${clone}/results/mine` });
        const error = await assertRejects(side, InputError);
        assertEquals(error.message.replaceAll(folder, "FOLDER"), message);
      }
    }),
);

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
