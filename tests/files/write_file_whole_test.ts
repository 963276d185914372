import { assertEquals, assertRejects } from "@std/assert";
import { writeFileWhole } from "../../lib/files/write_file_whole.ts";
import { inFolder } from "../helpers/in_folder.ts";

const BUFFER_BYTES = 1 << 16;

Deno.test(
  "writeFileWhole() writes texts one after the other, wherever a buffer ends in a letter",
  inFolder(async (folder) => {
    for (let before = BUFFER_BYTES - 5; before <= BUFFER_BYTES + 1; before++) {
      const texts = ["a".repeat(before), "", "\u{1f331}é", "b".repeat(3 * BUFFER_BYTES), "\u{1f331}"];
      const path = `${folder}/${before}/file.txt`;
      await writeFileWhole(path, texts.values());
      assertEquals(await Deno.readTextFile(path), texts.join(""));
      await writeFileWhole(path, texts.join(""));
      assertEquals(await Deno.readTextFile(path), texts.join(""));
    }
  }),
);

Deno.test(
  "writeFileWhole() leaves the old file, and no other, when a text cannot be made",
  inFolder(async (folder) => {
    const path = `${folder}/file.txt`;
    const texts = function* () {
      yield "a".repeat(BUFFER_BYTES);
      throw new RangeError("no text");
    };
    await writeFileWhole(path, "old");
    await assertRejects(() => writeFileWhole(path, texts()), RangeError, "no text");
    assertEquals(await Deno.readTextFile(path), "old");
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["file.txt"]);
  }),
);

Deno.test(
  "writeFileWhole() writes bytes as they come, and leaves the old file when they end in an error",
  inFolder(async (folder) => {
    const path = `${folder}/a.bin`;
    async function* bytes(count: number): AsyncIterable<Uint8Array> {
      for (let part = 0; part < count; part++) yield await Promise.resolve(Uint8Array.of(part, part));
      if (count > 2) throw new Error("the source ends");
    }
    await writeFileWhole(path, bytes(2));
    assertEquals(await Deno.readFile(path), Uint8Array.of(0, 0, 1, 1));
    await assertRejects(() => writeFileWhole(path, bytes(3)), Error, "the source ends");
    assertEquals(await Deno.readFile(path), Uint8Array.of(0, 0, 1, 1));
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["a.bin"]);
  }),
);
