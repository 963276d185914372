import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { readRevisionSide } from "../../../lib/runner/results/read_side.ts";
import { needing } from "../../setup/needing.ts";
import { withRepository } from "../with_repository.ts";

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
