import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { needing } from "../setup/needing.ts";
import { FILE, inRepository } from "./repository.ts";

Deno.test(
  needing("git", "list says what a clone has, what differs from it, and what was edited since"),
  inRepository(async ({ run, edit, git, folder }) => {
    const listed = async () => (await run("list")).out.split("\n")[1];
    const committed = await listed();
    assertMatch(
      committed,
      /^blobs_rate {2}committed {2}4 of 4 {4}\d+\.\d\d % {12}rate=0\.\d+, hidden=8$/,
    );
    await git("clean", "--quiet", "-fdX");
    assertEquals(await listed(), committed);
    const { state, counts, winner } = JSON.parse((await run("list", "--json")).out);
    assertEquals([state, counts.done, winner.trials.length], ["committed", 4, 2]);

    await edit(FILE, { "[0.01, 0.1]": "[0.1, 0.2]" });
    assertMatch(await listed(), /^blobs_rate {2}edited since {2}2 of 4 {4}\d/);
    await git("checkout", "--quiet", FILE);
    await Deno.remove(`${folder}/results/blobs_rate/figure_loss.svg`);
    assertMatch(await listed(), /^blobs_rate {2}here {3}4 of 4 {4}\d/);
    await Deno.remove(`${folder}/results/blobs_rate`, { recursive: true });
    assertEquals(await listed(), "blobs_rate  not run  0 of 4");
  }),
);

Deno.test(
  needing("git", "list names a damaged summary below the table, and lists the others"),
  inRepository(async ({ run, folder, read }) => {
    await Deno.writeTextFile(
      `${folder}/experiments/another.ts`,
      (await read(FILE)).replace("blobs_rate", "another"),
    );
    await Deno.writeTextFile(`${folder}/results/blobs_rate/summary.json`, "");
    const { code, out } = await run("list");
    assertEquals(code, 2);
    assertStringIncludes(out, "another     not run  0 of 4\nblobs_rate  problem\n");
    assertStringIncludes(
      out,
      "blobs_rate: Cannot read results/blobs_rate/summary.json: it must be JSON, found an empty file\n",
    );
    const [, damaged] = (await run("list", "--json")).out.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals([damaged.state, damaged.counts, damaged.winner], [null, null, null]);
  }),
);
