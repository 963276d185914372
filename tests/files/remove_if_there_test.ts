import { assertEquals } from "@std/assert";
import { removeIfThere } from "../../lib/files/remove_if_there.ts";
import { inFolder } from "../helpers/in_folder.ts";

Deno.test(
  "removeIfThere() removes files and whole folders, and does nothing when there is none",
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.txt`, "a");
    await Deno.mkdir(`${folder}/inner/deep`, { recursive: true });
    for (const name of ["a.txt", "inner", "none"]) await removeIfThere(`${folder}/${name}`);
    assertEquals([...Deno.readDirSync(folder)], []);
  }),
);
