import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { needing } from "../setup/needing.ts";
import { changedPaths, commitAll, FILE, inRepository, type Repository } from "./repository.ts";

const MODEL = 'import { hiddenDims } from "./_model.ts";\n';

interface Change {
  readonly what: string;
  readonly change: (repository: Repository) => Promise<unknown>;
  /** Why the experiment is checked; null if it is not. */
  readonly found: string | null;
}

const append = ({ folder, read }: Repository, path: string) =>
  read(path).then((text) => Deno.writeTextFile(`${folder}/${path}`, `${text}\n`));

const CHANGES: readonly Change[] = [
  { what: "nothing changed", change: () => Promise.resolve(), found: null },
  {
    what: "another file changed",
    change: ({ folder }) => Deno.writeTextFile(`${folder}/notes.md`, "notes"),
    found: null,
  },
  { what: "the file changed", change: (place) => append(place, FILE), found: `${FILE} changed` },
  {
    what: "the file changed in a later commit",
    change: async (place) => {
      await append(place, FILE);
      await commitAll(place.folder, { message: "later" });
    },
    found: `${FILE} changed`,
  },
  {
    what: "what it imports changed",
    change: (place) => append(place, "experiments/_model.ts"),
    found: "experiments/_model.ts changed",
  },
  {
    what: "its results changed",
    change: (place) => append(place, "results/blobs_rate/report.md"),
    found: "results/blobs_rate/report.md changed",
  },
  {
    what: "a version changed",
    change: (place) => append(place, "deno.json"),
    found: "deno.json changed",
  },
];

for (const { what, change, found } of CHANGES) {
  Deno.test(
    needing(
      "git",
      `check --changed ${found === null ? "leaves an experiment out" : "checks an experiment"} when ${what}`,
    ),
    inRepository(async (repository) => {
      const { edit, folder, git, runInCi } = repository;
      await Deno.writeTextFile(`${folder}/experiments/_model.ts`, "export const hiddenDims = [8];\n");
      await edit(FILE, { "import {": `${MODEL}import {`, "hiddenDims: [hidden]": "hiddenDims" });
      await commitAll(folder, { message: "import" });
      await git("branch", "base");
      await change(repository);
      const { code, out, error } = await runInCi("check", FILE, "--changed=base", "--policy=report");
      assertEquals(code, 0, error);
      const since = (await git("rev-parse", "base")).slice(0, 10);
      if (found === null) {
        const left = `nothing of it changed since ${since}`;
        assertStringIncludes(out, `blobs_rate: not checked\n  not checked  ${left}\n`);
      } else {
        assertStringIncludes(error, `blobs_rate: ${found} since ${since}\n`);
        assertStringIncludes(out, "blobs_rate: 4 the same\n");
      }
    }),
  );
}

const WRONG: readonly (readonly [what: string, flag: string, message: RegExp])[] = [
  [
    "that is no commit",
    "--changed=nowhere",
    /^error: Cannot use --changed: git must know what changed since "nowhere", found that it says: Not a valid object name nowhere; --changed=COMMIT names one\n$/,
  ],
  [
    "that git takes for a flag",
    "--changed=--all",
    /^error: Cannot use --changed: git must know what changed since "--all", found that it says: .*; --changed=COMMIT names one\n$/,
  ],
];

for (const [what, flag, message] of WRONG) {
  Deno.test(
    needing("git", `check --changed exits with 2 on a base ${what}`),
    inRepository(async ({ runInCi }) => {
      const { code, error } = await runInCi("check", FILE, flag);
      assertEquals(code, 2, error);
      assertMatch(error, message);
    }),
  );
}

Deno.test(
  needing("git", "check --sample checks as many trials as it is asked for, and says which were not checked"),
  inRepository(async (repository) => {
    const { read, runInCi } = repository;
    const flags = ["--sample", "3", "--seed", "5", "--junit", ".git/junit.xml", "--json", ".git/check.json"];
    const { code, out } = await runInCi("check", FILE, ...flags);
    assertEquals(code, 0);
    assertStringIncludes(out, "blobs_rate: 3 the same, 1 not checked\n");
    assertStringIncludes(out, "  not checked  1 trial: --sample 3, --seed 5 picks the same again\n");
    assertStringIncludes(await read(".git/junit.xml"), 'tests="4" failures="0" errors="0"');
    assertStringIncludes(await read(".git/junit.xml"), "<skipped message=");
    const { experiments: [{ compared, unchecked, winner }] } = JSON.parse(await read(".git/check.json"));
    const reason = "--sample 3, --seed 5 picks the same again";
    assertEquals([compared, winner], [3, null]);
    assertEquals(unchecked, [{ trials: 1, cause: "sample", reason }]);
    assertEquals(await changedPaths(repository), []);
  }),
);

Deno.test(
  needing("git", "check exits with 6 when --max-minutes are over before its first trial"),
  inRepository(async ({ runInCi }) => {
    const { code, out, error } = await runInCi("check", FILE, "--max-minutes", "1e-9");
    assertEquals(code, 6, error);
    assertStringIncludes(out, "not checked");
    assertStringIncludes(out, "--max-minutes were over\n");
    for (const wrong of ["0", "-1", "soon", "Infinity"]) {
      const ran = await runInCi("check", FILE, `--max-minutes=${wrong}`);
      const found = `it must be a number above 0, found "${wrong}"`;
      assertEquals([ran.code, ran.error], [2, `error: Cannot read --max-minutes: ${found}\n`]);
    }
  }),
);

Deno.test(
  needing(
    "git",
    "check --trust-cache trains no trial twice, and finds with both what is wrong with a baseline",
  ),
  inRepository(async ({ folder, edit, runInCi }) => {
    await edit("results/blobs_rate/summary.json", {
      '"bestValidationAccuracy": 0.6': '"bestValidationAccuracy": 0.7',
    });
    await edit("results/blobs_rate/trials.csv", { ",0.6,": ",0.7," });
    for (const trusted of [false, true]) {
      const { code, out, error } = await runInCi("check", FILE, "--trust-cache", ".git/trusted");
      assertEquals(code, 1, error);
      assertStringIncludes(out, "blobs_rate: 3 the same, 1 worse\n");
      const line = "  trusted  4 trials: --trust-cache has them, as the same code trained them before\n";
      assertEquals(out.includes(line), trusted);
    }
    const { code, error } = await runInCi(
      "check",
      FILE,
      "--trust-cache",
      ".git/trusted",
      "--inject-fault",
      "1",
    );
    assertEquals([code, error], [
      2,
      "error: Cannot use --inject-fault: its trial must be trained, found --trust-cache, which has trials that were\n",
    ]);
    assertEquals((await Array.fromAsync(Deno.readDir(`${folder}/.git/trusted`))).length, 1);
  }),
);
