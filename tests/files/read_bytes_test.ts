import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { readBytes, readBytesIfThere } from "../../lib/files/read_bytes.ts";
import { inFolder } from "../helpers/in_folder.ts";

Deno.test(
  "readBytes() reads a file of as many bytes as it may have, and refuses what is longer, missing or no file",
  inFolder(async (folder) => {
    const path = `${folder}/a.bin`;
    await Deno.writeFile(path, Uint8Array.of(1, 2, 3));
    assertEquals(await readBytes(path, { maxBytes: 3 }), Uint8Array.of(1, 2, 3));
    assertEquals(await readBytesIfThere(`${folder}/none`, { maxBytes: 3 }), null);
    const cases:
      readonly (readonly [path: string, maxBytes: number, action: string | undefined, message: string])[] = [
        [path, 2, undefined, `Cannot read ${path}: it must have at most 2 bytes, found 3`],
        [path, 2, "read data", "Cannot read data: it must have at most 2 bytes, found 3"],
        [folder, 2, undefined, `Cannot read ${folder}: it must be a file, found a folder`],
        ["/dev/null", 2, undefined, "Cannot read /dev/null: it must be a file, found a device or a pipe"],
        [`${folder}/none`, 2, undefined, `Cannot read ${folder}/none: file not found`],
        [`${folder}/none`, 2, "read data", "Cannot read data: file not found"],
        [`${path}/inner`, 2, undefined, `Cannot read ${path}/inner: Not a directory (os error 20)`],
      ];
    for (const [given, maxBytes, action, message] of cases) {
      const error = await assertRejects(() => readBytes(given, { maxBytes, action }), InputError);
      assertEquals(error.message, message);
    }
  }),
);
