import { assertEquals, assertRejects } from "@std/assert";
import { writeFileWhole } from "../../lib/files/write_file_whole.ts";

const BUFFER_BYTES = 1 << 16;

Deno.test("writeFileWhole() writes texts one after the other, wherever a buffer ends in a letter", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (let before = BUFFER_BYTES - 5; before <= BUFFER_BYTES + 1; before++) {
      const texts = ["a".repeat(before), "", "\u{1f331}é", "b".repeat(3 * BUFFER_BYTES), "\u{1f331}"];
      const path = `${folder}/${before}/file.txt`;
      await writeFileWhole(path, texts.values());
      assertEquals(await Deno.readTextFile(path), texts.join(""));
      await writeFileWhole(path, texts.join(""));
      assertEquals(await Deno.readTextFile(path), texts.join(""));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("writeFileWhole() leaves the old file, and no other, when a text cannot be made", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/file.txt`;
  const texts = function* () {
    yield "a".repeat(BUFFER_BYTES);
    throw new RangeError("no text");
  };
  try {
    await writeFileWhole(path, "old");
    await assertRejects(() => writeFileWhole(path, texts()), RangeError, "no text");
    assertEquals(await Deno.readTextFile(path), "old");
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["file.txt"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
