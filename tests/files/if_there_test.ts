import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { ifThere, ifThereSync } from "../../lib/files/if_there.ts";
import { inFolder } from "../helpers/in_folder.ts";

Deno.test(
  "ifThere() and ifThereSync() return null when there is no file, and what was read when there is",
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.txt`, "a");
    for (const [name, expected] of [["a.txt", "a"], ["b.txt", null]]) {
      const place = { action: "read", path: `${folder}/${name}` };
      assertEquals(await ifThere(place, () => Deno.readTextFile(place.path)), expected);
      assertEquals(ifThereSync(place, () => Deno.readTextFileSync(place.path)), expected);
    }
  }),
);

Deno.test(
  "ifThere() and ifThereSync() throw the system's reason when the path leads through a file",
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.txt`, "a");
    const path = `${folder}/a.txt/b`;
    const place = { action: "read", path };
    const message = `Cannot read ${path}: Not a directory (os error 20)`;
    await assertRejects(() => ifThere(place, () => Deno.readTextFile(path)), InputError, message);
    assertThrows(() => ifThereSync(place, () => Deno.readTextFileSync(path)), InputError, message);
  }),
);
