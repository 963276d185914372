import { assertEquals } from "@std/assert";
import { exists, existsSync } from "../../lib/files/exists.ts";
import { isFolder } from "../../lib/files/is_folder.ts";
import { inFolder } from "../helpers/in_folder.ts";

Deno.test(
  "exists(), existsSync() and isFolder() distinguish files, folders and nothing",
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.txt`, "a");
    const found = [];
    for (const path of [folder, `${folder}/a.txt`, `${folder}/b.txt`]) {
      found.push([await exists(path), existsSync(path), await isFolder(path)]);
    }
    assertEquals(found, [[true, true, true], [true, true, false], [false, false, false]]);
  }),
);
