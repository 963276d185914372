import { assertEquals, assertStringIncludes } from "@std/assert";
import { isCi } from "../../lib/cli/process/is_ci.ts";
import { needing } from "../setup/needing.ts";
import { changedPaths, FILE, inRepository, type Repository } from "./repository.ts";

const RESULTS = "results/blobs_rate";
const REASON = ["--reason", "a | larger rate"] as const;

interface Refusal {
  readonly what: string;
  readonly change?: Readonly<Record<string, string>>;
  readonly ci?: boolean;
  readonly args: readonly string[];
  readonly code: number;
  readonly message: string;
}

const FASTER = { "learningRate: rate": "learningRate: 2 * rate" };

const REFUSALS: readonly Refusal[] = [
  {
    what: "it has no reason",
    args: [FILE],
    code: 2,
    message: 'error: Cannot accept results: --reason "…" must say why they change\n',
  },
  {
    what: "it runs in CI",
    ci: true,
    args: [FILE, ...REASON],
    code: 2,
    message:
      "error: Cannot accept results: it must be done where they can be reviewed, found CI set; run it at " +
      "home and commit results/\n",
  },
  {
    what: "the experiment file has changes",
    change: FASTER,
    args: [FILE, ...REASON],
    code: 2,
    message:
      `error: Cannot accept results of ${FILE}: it must be committed, so that they can be traced to it, ` +
      "found changes; --allow-dirty accepts them anyway\n",
  },
  {
    what: "a trial diverges",
    change: { "learningRate: rate": "learningRate: rate === 0.1 ? 1e30 : rate" },
    args: [FILE, ...REASON, "--allow-dirty"],
    code: 4,
    message: "blobs_rate: not accepted, 2 done, 2 diverged; the results are as they were\n",
  },
];

for (const { what, change = {}, ci = false, args, code, message } of REFUSALS) {
  Deno.test(
    needing("git", `baseline refuses and leaves the results as they were when ${what}`),
    inRepository(async (repository) => {
      await repository.edit(FILE, change);
      const before = await changedPaths(repository);
      const ran = await (ci ? repository.runInCi : repository.run)("baseline", ...args);
      assertEquals([ran.code, ci || code === 2 ? ran.error : ran.out], [code, message]);
      assertEquals(await changedPaths(repository), before);
    }),
  );
}

async function checkPasses({ runInCi }: Repository): Promise<void> {
  const ran = await runInCi("check");
  assertEquals(ran.code, 0, ran.out + ran.error);
}

Deno.test(
  needing("git", "baseline makes a reviewable diff that check then takes, and run adds nothing to it"),
  inRepository(async (repository) => {
    const { edit, run, read, git } = repository;
    await edit(FILE, FASTER);
    assertEquals((await run("check")).code, 1);
    const ran = await run("baseline", FILE, ...REASON, "--allow-dirty");
    assertEquals(ran.code, 0, ran.error);
    assertStringIncludes(ran.out, "  changed  solver.optimizer.learningRate 0.1 -> 0.2\n");
    assertStringIncludes(ran.out, `  accepted ${RESULTS}; git diff shows it, git add and commit keep it\n`);
    const figures = ["accuracy", "confusion", "effect_1", "loss", "train_accuracy"].map((id) =>
      `figure_${id}.svg`
    );
    const reports = [
      "history.csv",
      "report.html",
      "report.md",
      "summary.json",
      "test_predictions.csv",
      "trials.csv",
    ];
    const files = ["CHANGES.md", ...figures, ...reports];
    assertEquals((await changedPaths(repository)).toSorted(), [
      FILE,
      ...files.map((name) => `${RESULTS}/${name}`),
    ]);
    assertStringIncludes(
      await read(`${RESULTS}/CHANGES.md`),
      "# Why the results of blobs_rate changed\n\n## a \\| larger rate\n\n- ",
    );
    await checkPasses(repository);
    await git("add", "--all");
    assertEquals((await run("run", FILE)).code, 0);
    assertEquals(await git("diff"), "");
    await run("baseline", FILE, "--reason", "again", "--allow-dirty");
    const changes = await read(`${RESULTS}/CHANGES.md`);
    assertEquals(changes.match(/^## .*$/gm), ["## a \\| larger rate", "## again"]);
    assertStringIncludes(changes, "\n- 4 the same\n");
  }),
);

Deno.test(
  needing("git", "baseline takes the place of damaged bits and of a journal that knows others"),
  inRepository(async (repository) => {
    const { edit, run, folder } = repository;
    await edit(`${RESULTS}/history.csv`, { ",2,": ",7,2," });
    assertEquals((await run("baseline", FILE, "--reason", "mended")).code, 0);
    await checkPasses(repository);
    await Deno.remove(`${folder}/results`, { recursive: true });
    assertEquals((await run("baseline", FILE, "--reason", "the first")).code, 0);
    await checkPasses(repository);
  }),
);

Deno.test("isCi() takes every value that is not empty and does not say no", () => {
  const cases = [[undefined, false], ["", false], ["false", false], ["0", false], ["true", true], [
    "1",
    true,
  ]] as const;
  for (const [value, expected] of cases) assertEquals(isCi(value), expected);
});
