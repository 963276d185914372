import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { exists, existsSync } from "../../lib/files/exists.ts";
import { ifThere, ifThereSync } from "../../lib/files/if_there.ts";
import { isFolder } from "../../lib/files/is_folder.ts";
import { removeIfThere } from "../../lib/files/remove_if_there.ts";

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/a.txt`, "a");
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("ifThere() and ifThereSync() return null when there is no file, and what was read when there is", () =>
  inFolder(async (folder) => {
    for (const [name, expected] of [["a.txt", "a"], ["b.txt", null]]) {
      const place = { action: "read", path: `${folder}/${name}` };
      assertEquals(await ifThere(place, () => Deno.readTextFile(place.path)), expected);
      assertEquals(ifThereSync(place, () => Deno.readTextFileSync(place.path)), expected);
    }
  }));

Deno.test("ifThere() and ifThereSync() throw the system's reason when the path leads through a file", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.txt/b`;
    const place = { action: "read", path };
    const message = `Cannot read ${path}: Not a directory (os error 20)`;
    await assertRejects(() => ifThere(place, () => Deno.readTextFile(path)), InputError, message);
    assertThrows(() => ifThereSync(place, () => Deno.readTextFileSync(path)), InputError, message);
  }));

Deno.test("exists(), existsSync() and isFolder() tell files, folders and nothing apart", () =>
  inFolder(async (folder) => {
    const found = [];
    for (const path of [folder, `${folder}/a.txt`, `${folder}/b.txt`]) {
      found.push([await exists(path), existsSync(path), await isFolder(path)]);
    }
    assertEquals(found, [[true, true, true], [true, true, false], [false, false, false]]);
  }));

Deno.test("removeIfThere() removes files and whole folders, and does nothing when there is none", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/inner/deep`, { recursive: true });
    for (const name of ["a.txt", "inner", "none"]) await removeIfThere(`${folder}/${name}`);
    assertEquals([...Deno.readDirSync(folder)], []);
  }));
