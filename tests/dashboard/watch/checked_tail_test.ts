import { assertEquals } from "@std/assert";
import { CheckedTail } from "../../../lib/dashboard/watch/checked_tail.ts";
import { inFolder } from "../../helpers/in_folder.ts";

const parse = (line: string, { number }: { readonly number: number }) =>
  line.startsWith("bad") ? null : `${number} ${line}`;

/** Reads the new records, after a word if earlier ones are invalid. */
async function read(tail: CheckedTail<string>): Promise<readonly string[]> {
  const taken: string[] = [];
  const { count, isNew } = await tail.read({
    forget: () => taken.push("forget"),
    take: (record) => taken.push(record),
  });
  assertEquals(count, taken.length - Number(isNew));
  return taken;
}

Deno.test(
  "CheckedTail.read() passes damaged lines over, and names the first of them",
  inFolder(async (folder) => {
    const path = `${folder}/lines`;
    const tail = new CheckedTail(path, parse);
    assertEquals([await read(tail), tail.problem], [[], null]);
    await Deno.writeTextFile(path, "a\nbad\nb\n");
    assertEquals(await read(tail), ["forget", "1 a", "3 b"]);
    assertEquals(tail.problem, `Cannot read ${path}: line 2 is damaged`);
    await Deno.writeTextFile(path, "bad\nc\n", { append: true });
    assertEquals(await read(tail), ["5 c"]);
    assertEquals(
      tail.problem,
      `Cannot read ${path}: line 2 and 1 more are damaged`,
    );
  }),
);

Deno.test(
  "CheckedTail.read() forgets the damage of a file that is written anew",
  inFolder(async (folder) => {
    const path = `${folder}/lines`;
    const tail = new CheckedTail(path, parse);
    await Deno.writeTextFile(path, "bad\nbad\nbad\n");
    await read(tail);
    await Deno.writeTextFile(path, "a\n");
    assertEquals(await read(tail), ["forget", "1 a"]);
    assertEquals(tail.problem, null);
  }),
);

Deno.test(
  "CheckedTail.read() names a file that cannot be read",
  inFolder(async (folder) => {
    const tail = new CheckedTail(folder, parse);
    assertEquals(await read(tail), []);
    assertEquals(tail.problem?.startsWith(`Cannot read ${folder}: `), true, String(tail.problem));
  }),
);
