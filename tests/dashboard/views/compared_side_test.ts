import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { readComparedSide } from "../../../lib/dashboard/views/compared_side.ts";
import { inFolder } from "../../helpers/in_folder.ts";

Deno.test(
  "readComparedSide() throws when a side is none, or could be a flag or a path of git's",
  inFolder(async (resultsDir) => {
    const storyOf = () => Promise.resolve(null);
    const labels = ["", "../up", "a b", "a@", "a@--output=x", "a@-x", "A", "a@b@c"];
    for (const label of labels) {
      const error = await assertRejects(() => readComparedSide(label, { resultsDir, storyOf }), InputError);
      assertEquals(
        error.message,
        `Cannot compare: a side must be NAME or NAME@REVISION, found ${JSON.stringify(label)}`,
      );
    }
    assertEquals(
      (await assertRejects(() => readComparedSide("none", { resultsDir, storyOf }), InputError)).message,
      `Cannot compare ${resultsDir}/none: it holds no summary.json`,
    );
  }),
);
