import { assertEquals } from "@std/assert";
import { LineTail } from "../../../lib/dashboard/watch/line_tail.ts";
import { inFolder } from "../../helpers/in_folder.ts";

/** Runs a test with a path at which nothing is yet. */
function withPath(test: (path: string) => Promise<void>): () => Promise<void> {
  return inFolder((folder) => test(`${folder}/lines.jsonl`));
}

const append = (path: string, text: string) => Deno.writeTextFile(path, text, { append: true });
const NOTHING = { lines: [], isNew: false, isMore: false };

Deno.test(
  "LineTail.read() returns each line once when a file grows, and a cut line when it is whole",
  withPath(async (path) => {
    const tail = new LineTail(path);
    assertEquals(await tail.read(), NOTHING);
    await append(path, "one\ntwo\nthr");
    assertEquals(await tail.read(), { lines: ["one", "two"], isNew: true, isMore: false });
    assertEquals(await tail.read(), NOTHING);
    assertEquals(await tail.share(), 8 / 11);
    await append(path, "ee\nvier ü\n");
    assertEquals(await tail.read(), { lines: ["three", "vier ü"], isNew: false, isMore: false });
    assertEquals(await tail.share(), 1);
  }),
);

const REPLACEMENTS: readonly (readonly [how: string, replace: (path: string) => Promise<void>])[] = [
  ["is shorter", (path) => Deno.writeTextFile(path, "new\n")],
  [
    "was written over in place and is longer",
    (path) => Deno.writeTextFile(path, "new\nnew\nnew\n".repeat(200)),
  ],
  ["was written over in place and is as long", (path) => Deno.writeTextFile(path, "new\n".repeat(300))],
  ["is another file with the same beginning", async (path) => {
    await Deno.writeTextFile(`${path}.part`, `${"old\n".repeat(300)}new\n`);
    await Deno.rename(`${path}.part`, path);
  }],
];

for (const [how, replace] of REPLACEMENTS) {
  Deno.test(
    `LineTail.read() begins anew when the file ${how}`,
    withPath(async (path) => {
      const tail = new LineTail(path);
      await append(path, "old\n".repeat(300));
      assertEquals((await tail.read()).lines.length, 300);
      await replace(path);
      const { lines, isNew } = await tail.read();
      assertEquals(isNew, true);
      assertEquals(lines.length, (await Deno.readTextFile(path)).split("\n").length - 1);
    }),
  );
}

Deno.test(
  "LineTail.read() says when a file has gone, and reads the next one from its beginning",
  withPath(async (path) => {
    const tail = new LineTail(path);
    await append(path, "one\n");
    await tail.read();
    await Deno.remove(path);
    assertEquals(await tail.read(), { ...NOTHING, isNew: true });
    assertEquals(await tail.read(), NOTHING);
    await append(path, "one\n");
    assertEquals(await tail.read(), { lines: ["one"], isNew: true, isMore: false });
  }),
);

Deno.test(
  "LineTail.read() returns a long file in pieces of whole lines",
  withPath(async (path) => {
    const line = `${"x".repeat(99_999)}\n`;
    await append(path, line.repeat(90));
    const tail = new LineTail(path);
    const reads = [await tail.read()];
    while (reads.at(-1)!.isMore) reads.push(await tail.read());
    assertEquals(reads.map(({ isMore }) => isMore), [...Array(8).fill(true), false]);
    assertEquals(reads.flatMap(({ lines }) => lines.map(({ length }) => length)), Array(90).fill(99_999));
  }),
);

Deno.test(
  "LineTail.read() returns a line that is longer than a piece",
  withPath(async (path) => {
    await append(path, `${"x".repeat(9_000_000)}\nend\n`);
    const { lines, isMore } = await new LineTail(path).read();
    assertEquals([lines.map(({ length }) => length), isMore], [[9_000_000, 3], false]);
  }),
);
