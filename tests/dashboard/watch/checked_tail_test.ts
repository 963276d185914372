import { assertEquals } from "@std/assert";
import { CheckedTail } from "../../../lib/dashboard/watch/checked_tail.ts";
import { inFolder } from "../../helpers/in_folder.ts";

const parse = (line: string, { number }: { readonly number: number }) =>
  line.startsWith("bad") ? null : `${number} ${line}`;

Deno.test(
  "CheckedTail.read() passes damaged lines over, and names the first of them",
  inFolder(async (folder) => {
    const path = `${folder}/lines`;
    const tail = new CheckedTail(path, parse);
    assertEquals([(await tail.read()).records, tail.problem], [[], null]);
    await Deno.writeTextFile(path, "a\nbad\nb\n");
    assertEquals(await tail.read(), { records: ["1 a", "3 b"], isNew: true, isMore: false });
    assertEquals(tail.problem, `Cannot read ${path}: line 2 is damaged`);
    await Deno.writeTextFile(path, "bad\nc\n", { append: true });
    assertEquals((await tail.read()).records, ["5 c"]);
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
    await tail.read();
    await Deno.writeTextFile(path, "a\n");
    assertEquals((await tail.read()).records, ["1 a"]);
    assertEquals(tail.problem, null);
  }),
);

Deno.test(
  "CheckedTail.read() names a file that cannot be read",
  inFolder(async (folder) => {
    const tail = new CheckedTail(folder, parse);
    assertEquals((await tail.read()).records, []);
    assertEquals(tail.problem?.startsWith(`Cannot read ${folder}: `), true, String(tail.problem));
  }),
);
