import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { needing } from "../setup/needing.ts";
import { FILE, inRepository } from "./repository.ts";

Deno.test(
  needing("git", "why names the field, the data or the new point that makes a trial run"),
  inRepository(async ({ run, edit, git }) => {
    const cases: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
      ["rate=0.01", {}, "has a result and will not run: nothing that decides it changed"],
      [
        "rate=0.01",
        { "learningRate: rate": "learningRate: rate / 2" },
        "will run: solver.optimizer.learningRate 0.01 -> 0.005; it was 323906ddbead69ca",
      ],
      ["rate=0.01", { "seed: 7": "seed: 8" }, "will run: seed 7 -> 8; it was 323906ddbead69ca"],
      [
        "rate=0.01",
        { "spread: 0.4": "spread: 0.5" },
        "will run: dataDigest 96cc3048a45427e4 -> 9e5814a3632a4974; it was",
      ],
      [
        "rate=0.2",
        { "[0.01, 0.1]": "[0.2]" },
        "will run: no trial of its point and repeat has a result here",
      ],
    ];
    for (const [point, change, message] of cases) {
      await edit(FILE, change);
      const rows = (await run("run", FILE, "--dry-run")).out.split("\n");
      const id = rows.find((row) => row.includes(point.replace("rate=", "  ")))!.slice(0, 16);
      const { code, out, error } = await run("why", id);
      assertEquals(code, 0, error);
      assertStringIncludes(out, `blobs_rate ${id}, ${point}, hidden=8, ${message}`);
      await git("checkout", "--quiet", FILE);
    }
  }),
);

Deno.test(
  needing("git", "run takes the trials of before up when the grid is widened"),
  inRepository(async ({ run, edit }) => {
    await edit(FILE, { "[0.01, 0.1]": "[0.2, 0.1, 0.01]" });
    assertStringIncludes((await run("run", FILE)).error, "blobs_rate: 6 trials, 4 with a result, 2 to run\n");
  }),
);

Deno.test(
  needing("git", "why finds a trial beside an experiment that is broken, and names that"),
  inRepository(async ({ folder, run }) => {
    const id = (await run("run", FILE, "--dry-run")).out.match(/^[0-9a-f]{16}/m)![0];
    await Deno.writeTextFile(`${folder}/experiments/a_broken.ts`, "export default 5;\n");
    const { code, out, error } = await run("why", id);
    const problem =
      "Cannot load experiments/a_broken.ts: its default export must be made by defineExperiment, found " +
      "a number";
    assertEquals([code, error], [0, `note: ${problem}\n`]);
    assertStringIncludes(out, `blobs_rate ${id}, `);
    const asked = await run("why", id, "experiments/a_broken.ts");
    assertEquals([asked.code, asked.error], [2, `error: ${problem}\n`]);
  }),
);

Deno.test(
  needing("git", "why exits with 2 when there is no such trial or file"),
  inRepository(async ({ run, folder }) => {
    const cases: readonly (readonly [readonly string[], string])[] = [
      [
        ["why"],
        "Cannot explain trials: an experiment file, or the id of a trial or how it begins, must be named; run FILE " +
        "--dry-run lists the ids",
      ],
      [
        ["why", "blobs"],
        'Cannot explain trials: an experiment file, or the id of a trial or how it begins, must be named, found "blobs"; ' +
        "run FILE --dry-run lists the ids",
      ],
      [["why", "missing.ts"], "Cannot load missing.ts: file not found: FOLDER/missing.ts"],
      [["why", "0000"], `Cannot explain 0000: no trial of "${FILE}" has this id`],
    ];
    for (const [args, message] of cases) {
      const { code, error } = await run(...args);
      assertEquals([code, error.replaceAll(folder, "FOLDER")], [2, `error: ${message}\n`]);
    }
  }),
);

Deno.test(
  needing("git", "why says of a file which trials run and why, and of an old trial what became of it"),
  inRepository(async ({ run, edit }) => {
    assertEquals((await run("why", FILE)).out, "blobs_rate: 0 of 4 trials to run\n");
    await edit(FILE, { "[0.01, 0.1]": "[0.01, 0.2]", "seed: 7": "seed: 8" });
    const { code, out } = await run("why", FILE);
    assertEquals(code, 0);
    assertMatch(
      out,
      /^blobs_rate: 4 of 4 trials to run\n {2}2 run again: seed 7 -> 8\n {4}\w{16}, \w{16}\n {2}2 are new: rate=0\.2\n/,
    );
    const replaced = await run("why", "323906ddbead69ca");
    assertMatch(
      replaced.out,
      /^blobs_rate 323906ddbead69ca, rate=0\.01, hidden=8, had \d+\.\d\d % validation and is not in the grid any longer: seed 7 -> 8; it is now \w{16}\n$/,
    );
    const { groups } = JSON.parse((await run("run", FILE, "--dry-run", "--json")).out);
    assertEquals(groups.map(({ fate }: { readonly fate: string }) => fate), ["changed", "new"]);
    const started = (await run("run", FILE)).error;
    assertStringIncludes(started, "\n  2 run again: seed 7 -> 8\n  2 are new: rate=0.2\n");
    assertStringIncludes(started, "note: 2 of the journal's trials are not in this grid;");
  }),
);
