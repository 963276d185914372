import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { experimentFiles } from "../../../lib/runner/results/list_experiments.ts";
import { inFolder } from "../../helpers/in_folder.ts";

Deno.test(
  "experimentFiles() are the TypeScript files of a folder by their names, without helpers and folders",
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/folder.ts`);
    for (const name of ["b.ts", "a.ts", "_helper.ts", "data.csv", "c.js"]) {
      await Deno.writeTextFile(`${folder}/${name}`, "");
    }
    assertEquals(await experimentFiles(folder), [`${folder}/a.ts`, `${folder}/b.ts`]);
  }),
);

Deno.test(
  "experimentFiles() throws when there is no such folder",
  inFolder(async (folder) => {
    assertEquals(
      (await assertRejects(() => experimentFiles(`${folder}/none`), InputError)).message,
      `Cannot list experiments: folder not found: ${folder}/none`,
    );
  }),
);
