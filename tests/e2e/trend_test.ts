import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { needing } from "../setup/needing.ts";
import { changedPaths, commitAll, FILE, inRepository } from "./repository.ts";

Deno.test(
  needing(
    "git",
    "trend shows how results moved over commits, with the reason of each, and runs no code of a user",
  ),
  inRepository(async (repository) => {
    const { folder, run, edit, git } = repository;
    await edit(FILE, { "[0.01, 0.1]": "[0.01, 0.2]" });
    assertEquals((await run("baseline", FILE, "--reason", "a larger `rate`", "--allow-dirty")).code, 0);
    await commitAll(folder, { message: "feat: another rate" });
    await Deno.writeTextFile(`${folder}/results/blobs_rate/report.md`, "drawn again");
    await commitAll(folder, { message: "chore: report" });
    // The file need not be one that can be run, nor be there.
    await Deno.writeTextFile(`${folder}/${FILE}`, "Deno.exit(7);\n");
    const { code, out, error } = await run("trend", FILE);
    assertEquals([code, error], [0, ""]);
    const revisions = (await git("log", "--format=%h", "--reverse")).split("\n");
    assertMatch(
      out,
      new RegExp(`^winner  .. {2}\\d.*\\nmean {4}.. .*\\n.*\\n\\S+ {2}${revisions[0]} .* first `),
    );
    assertMatch(out, new RegExp(`\\n\\S+ {2}${revisions[1]} .* declaration .*feat: another rate\\n`));
    assertStringIncludes(out, "1 commit changed other files only, such as the report, and is left out.\n");
    assertMatch(
      out,
      /declared otherwise: grid\.rate; 2 trials added; 2 trials removed; reason: a larger `rate`\n$/,
    );
    await Deno.remove(`${folder}/${FILE}`);
    assertEquals((await run("trend", "blobs_rate")).out, out);
    assertEquals(await changedPaths(repository), [FILE]);
  }),
);

Deno.test(
  needing("git", "trend writes CSV, chart and page where it is told to, and a line of JSON per commit"),
  inRepository(async ({ folder, run, edit, read }) => {
    const summary = JSON.parse(await read("results/blobs_rate/summary.json"));
    const [{ trial, weightsSha256, bestValidationAccuracy }] = summary.trials;
    await edit(`results/blobs_rate/summary.json`, { [weightsSha256]: "0".repeat(64) });
    const files = ["--csv", "out/a.csv", "--svg", "out/a.svg", "--page", "out/a.html"];
    const { code, out, error } = await run(
      ...["trend", "blobs_rate", "--json", "--trial", trial.slice(0, 8), ...files],
    );
    assertEquals([code, error], [0, ""]);
    const rows = out.trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals(rows.map(({ subject, change }) => [subject, change?.bits ?? null]), [
      ["baseline", null],
      ["not committed", 1],
    ]);
    assertEquals(rows[1].trials, [{ trial, validation: bestValidationAccuracy }]);
    assertEquals((await read("out/a.csv")).split("\r\n").length, 4);
    assertMatch(await read("out/a.svg"), /^<svg [^]*<\/svg>\n$/);
    assertStringIncludes(await read("out/a.html"), "<h1>Trend of the results</h1>");
    const names = [...Deno.readDirSync(`${folder}/out`)].map(({ name }) => name).sort();
    assertEquals(names, ["a.csv", "a.html", "a.svg"]);
  }),
);

Deno.test(
  needing("git", "trend says in a line what is wrong with the command line, and writes nothing"),
  inRepository(async (repository) => {
    const { run } = repository;
    const cases = [
      [[], "Cannot show a trend: one experiment file, or its name, must be given, found 0"],
      [["a", "b"], "Cannot show a trend: one experiment file, or its name, must be given, found 2"],
      [["a-b.ts"], 'Cannot show a trend: an experiment file, or its name, must be given, found "a-b.ts"'],
      [["blobs_rat"], "Cannot show the trend of blobs_rat: a commit must have results/blobs_rat, found none"],
      [["blobs_rate", "--csv", "results"], "Cannot write results: --csv must be a file, found a folder"],
      [
        ["blobs_rate", "--trial", "xyz", "--csv", "a.csv"],
        'Cannot follow trial "xyz": --trial must be the beginning of the id of a trial that a commit of ' +
        "results/blobs_rate has; trials.csv lists them",
      ],
    ] as const;
    for (const [args, message] of cases) {
      const { code, out, error } = await run("trend", ...args);
      assertEquals([code, out, error], [2, "", `error: ${message}\n`]);
    }
    assertEquals(await changedPaths(repository), []);
  }),
);
