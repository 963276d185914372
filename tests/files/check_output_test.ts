import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { checkOutput } from "../../lib/files/check_output.ts";
import { inFolder } from "../helpers/in_folder.ts";
import { namesIn } from "../helpers/names_in.ts";

const PLACE = { flag: "out", action: "export to" };

Deno.test(
  "checkOutput() leaves nothing behind, and an old file as it was",
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/old`, "old");
    for (const name of ["old", "new"]) await checkOutput(`${folder}/${name}`, PLACE);
    await checkOutput(`${folder}/none/new`, { ...PLACE, makesFolder: true });
    assertEquals(await namesIn(folder), ["old"]);
    assertEquals(await Deno.readTextFile(`${folder}/old`), "old");
  }),
);

Deno.test(
  "checkOutput() throws when the path is that of a folder, a device, or lies where nothing can be written",
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const cases = [
      [folder, `Cannot export to ${folder}: --out must be a file, found a folder`],
      ["/dev/null", "Cannot write /dev/null: it must be a file, found a device or a pipe"],
      [
        `${folder}/none/new`,
        `Cannot export to ${folder}/none/new: --out must be in a folder that exists, found ${folder}/none`,
      ],
      [`${folder}/file/new`, `Cannot read ${folder}/file/new: Not a directory (os error 20)`],
    ];
    for (const [path, message] of cases) {
      assertEquals((await assertRejects(() => checkOutput(path, PLACE), InputError)).message, message);
    }
  }),
);
