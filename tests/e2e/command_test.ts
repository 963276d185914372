import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { dirname } from "node:path";
import { until } from "../helpers/until.ts";
import { committedFiles, EXPERIMENT } from "../runner/fakes.ts";
import { atWork, isThere, type Ran, type Workplace } from "./workplace.ts";

/** What is wrong with an experiment file, and the message, in which FILE stands for its path. */
interface BadFile {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly message: string;
}

const BAD_FILES: readonly BadFile[] = [
  {
    what: "has no default export",
    from: "export default",
    to: "export const experiment =",
    message: "Cannot load FILE: its default export must be made by defineExperiment",
  },
  {
    what: "exports something else",
    from: "export default defineExperiment(",
    to: "export default ((experiment) => ({ ...experiment }))(",
    message: "Cannot load FILE: its default export must be made by defineExperiment, found another object",
  },
  {
    what: "has a syntax error",
    from: "export default",
    to: "export default ]",
    message: "Cannot load FILE: SyntaxError: Expression expected",
  },
  {
    what: "has an unknown field",
    from: "repeats: 2",
    to: "repeat: 2",
    message:
      "Cannot load FILE: Cannot define an experiment: repeat is not a field, the fields are name, question, " +
      "seed, data, trial, repeats, ensemble, grid, points",
  },
  {
    what: "has an unknown field in its solver",
    from: "epochs: 2",
    to: "epoch: 2",
    message: "Cannot run FILE: Cannot expand blobs_rate at rate=0.001 hidden=8: solver.epoch is not a field",
  },
  {
    what: "has an empty axis",
    from: "[0.001, 0.1, 1e30]",
    to: "[]",
    message:
      "Cannot load FILE: Cannot define an experiment: grid.rate must be a list of at least one number, text, " +
      "boolean, null, or list or object of these, found []",
  },
  {
    what: "has a learning rate below 0",
    from: "learningRate: rate",
    to: "learningRate: -1",
    message:
      "Cannot run FILE: Cannot expand blobs_rate at rate=0.001 hidden=8: solver.optimizer.learningRate must be",
  },
  {
    what: "has a batch larger than the training split",
    from: "batchSize: 20",
    to: "batchSize: 61",
    message:
      "Cannot run FILE: Cannot expand blobs_rate at rate=0.001 hidden=8: solver.batchSize must be at most data.train, which is " +
      "60, found 61",
  },
  {
    what: "has another name than its file",
    from: '"blobs_rate"',
    to: '"blobs"',
    message: 'Cannot load FILE: the experiment\'s name must be that of its file, "blobs_rate", found "blobs"',
  },
];

for (const { what, from, to, message } of BAD_FILES) {
  Deno.test(
    `run prints one clear message, exits with 2 and writes nothing when the file ${what}`,
    atWork(async ({ folder, run }) => {
      assertStringIncludes(EXPERIMENT, from);
      const file = "experiments/blobs_rate.ts";
      await Deno.writeTextFile(`${folder}/${file}`, EXPERIMENT.replace(from, to));
      const { code, out, error } = await run("run", file);
      assertEquals([code, out], [2, ""]);
      assertStringIncludes(error, `error: ${message.replace("FILE", file)}`);
      assertEquals(error.match(/^\s+at .*lib\//m), null, error);
      assertEquals(await isThere(`${folder}/results`), false);
    }),
  );
}

Deno.test(
  "run says what is wrong, exits with 2 and writes nothing when the command line is wrong",
  atWork(async ({ folder, run }) => {
    const cases: readonly (readonly [readonly string[], string])[] = [
      [
        ["run", "missing.ts"],
        `error: Cannot load missing.ts: file not found: ${await Deno.realPath(
          folder,
        )}/missing.ts\n`,
      ],
      [
        ["run", "experiments/blobs_rate.ts", "--frehs"],
        "error: Cannot use --frehs: run has no such flag; did you mean --fresh?\n",
      ],
      [
        ["report", "experiments/blobs_rate.ts"],
        "error: Cannot report on blobs_rate: it has not run here",
      ],
    ];
    for (const [args, message] of cases) {
      const { code, out, error } = await run(...args);
      assertEquals([code, out], [2, ""]);
      assertStringIncludes(error, message);
    }
    assertEquals(await isThere(`${folder}/results`), false);
  }),
);

Deno.test(
  "run, list and report work together from nothing to the same bytes",
  atWork(async ({ folder, run }) => {
    const file = "experiments/blobs_rate.ts";
    const dry = await run("run", file, "--dry-run");
    assertStringIncludes(dry.out, "blobs_rate: 6 of 6 trials to run\n");
    const text = await Deno.readTextFile(`${folder}/${file}`);
    const other = "experiments/blobs_other.ts";
    await Deno.writeTextFile(`${folder}/${other}`, text.replace("blobs_rate", "blobs_other"));
    const both = await run("run", file, other, "--dry-run", "--json", "--max-trials", "4");
    assertEquals([both.code, both.error], [0, ""]);
    const plans = both.out.trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals(plans.map(({ format, experiment, counts }) => [format, experiment, counts]), [
      [1, "blobs_rate", { runs: 4, hasResult: 0, leftOut: 2 }],
      [1, "blobs_other", { runs: 4, hasResult: 0, leftOut: 2 }],
    ]);
    await Deno.remove(`${folder}/${other}`);
    assertEquals(await isThere(`${folder}/results`), false);
    // Two trials of the grid diverge.
    const first = await run("run", file, "--workers", "2");
    assertEquals(first.code, 4, first.error);
    assertStringIncludes(first.out, "trials      4 done, 2 diverged\n");
    assertStringIncludes(
      first.out,
      "report      results/blobs_rate/report.html\nnext        open the report, or start deno task dashboard\n",
    );
    assertEquals(first.error.match(/^\[\d\/6\] /gm)?.length, 6);
    const report = await Deno.readTextFile(`${folder}/results/blobs_rate/report.md`);
    assertMatch((await run("list")).out, /^blobs_rate {2}here {3}6 of 6 {4}\d+\.\d\d % {12}rate=/m);
    await Deno.remove(`${folder}/results/blobs_rate/report.md`);
    assertEquals((await run("report", file)).code, 4);
    assertEquals(await Deno.readTextFile(`${folder}/results/blobs_rate/report.md`), report);
    const json = await run("run", file, "--json", "--only", "rate=0.1");
    assertEquals(JSON.parse(json.out).summary.counts.done, 4);
    assertEquals(JSON.parse(json.out).bits, null);
  }),
);

/** Starts a run of six long trials, waits for the first to end, sends a signal and returns what became of it. */
async function breakOff({ folder, start }: Workplace, signal: Deno.Signal): Promise<Ran> {
  const text = EXPERIMENT.replace("1e30", "0.2").replace("epochs: 2", "epochs: 4000");
  await Deno.writeTextFile(`${folder}/experiments/blobs_rate.ts`, text);
  const process = start("run", "experiments/blobs_rate.ts", "--workers", "1");
  const errors = process.stderr.pipeThrough(new TextDecoderStream()).getReader();
  let error = "";
  for (let step = await errors.read(); !step.done; step = await errors.read()) {
    const isFirst = !error.includes("[1/6]");
    error += step.value;
    if (isFirst && error.includes("[1/6]")) process.kill(signal);
  }
  const out = await new Response(process.stdout).text();
  return { code: (await process.status).code, out, error };
}

async function assertGoesOn({ folder, run }: Workplace): Promise<void> {
  const file = "experiments/blobs_rate.ts";
  assertEquals(await isThere(`${folder}/results/blobs_rate/report.md`), false);
  const second = await run("run", file);
  assertMatch(second.error, /^(note: .*\n)?blobs_rate: 6 trials, [1-5] with a result, [1-5] to run\n/);
  assertEquals((await run("run", file, "--results", "whole")).code, 0);
  assertEquals(
    await committedFiles(`${folder}/results/blobs_rate`),
    await committedFiles(`${folder}/whole/blobs_rate`),
  );
}

Deno.test(
  "run keeps what has ended and exits with 130 when it is interrupted, and goes on to the bytes of an unbroken run",
  atWork(async (place) => {
    const { code, out, error } = await breakOff(place, "SIGINT");
    assertEquals(code, 130, error);
    assertStringIncludes(error, "note: Stopping; what has ended is kept. Ctrl-C again ends at once.\n");
    assertStringIncludes(
      error,
      "Interrupted. What has ended is kept: the same command resumes from there.\n",
    );
    assertMatch(out, /^report +not written: the run was interrupted$/m);
    await assertGoesOn(place);
  }),
);

Deno.test(
  "run ends when its launcher is killed, and goes on to the bytes of an unbroken run",
  atWork(async (place) => {
    assertEquals((await breakOff(place, "SIGKILL")).code, 137);
    await assertGoesOn(place);
  }),
);

Deno.test(
  "run ends at once when it is interrupted again and again, and goes on to the bytes of an unbroken run",
  atWork(async (place) => {
    await Deno.writeTextFile(
      `${place.folder}/experiments/blobs_rate.ts`,
      EXPERIMENT.replace("1e30", "0.2").replace("epochs: 2", "epochs: 1000"),
    );
    const process = place.start("run", "experiments/blobs_rate.ts");
    const status = process.status;
    const journal = `${place.folder}/results/blobs_rate/journal.jsonl`;
    await until("the journal", () => isThere(journal));
    const presses = setInterval(() => {
      try {
        process.kill("SIGINT");
      } catch {
        // It has ended.
      }
    }, 100);
    assertEquals((await status).code, 130);
    clearInterval(presses);
    await process.stdout.cancel();
    await process.stderr.cancel();
    const whole = await place.run("run", "experiments/blobs_rate.ts", "--results", "whole");
    assertEquals(whole.code, 0);
    assertEquals((await place.run("run", "experiments/blobs_rate.ts")).code, 0);
    const read = (results: string) => Deno.readTextFile(`${place.folder}/${results}/blobs_rate/history.csv`);
    assertEquals(await read("results"), await read("whole"));
  }),
);

Deno.test(
  "verify says whether every byte is the same, and exits with 0, 1 or 3",
  atWork(async ({ folder, run }) => {
    const file = "experiments/blobs_rate.ts";
    const none = await run("verify", file);
    assertEquals([none.code, none.error], [
      3,
      "blobs_rate: there are no results to compare with in results/blobs_rate\n",
    ]);
    await run("run", file);
    const same = await run("verify", file, "--seed", "5");
    assertEquals([same.code, same.error], [0, "blobs_rate: seed 5; --seed 5 picks the same trials again\n"]);
    assertEquals(
      same.out,
      "blobs_rate, 6 trials with 1 worker: every byte is the same\n" +
        "blobs_rate, 6 trials with 2 workers: every byte is the same\n" +
        "blobs_rate, 6 trials with 3 workers: every byte is the same\n",
    );
    const sample = await run("verify", file, "--sample", "1", "--json");
    assertEquals([sample.code, sample.out.split("\n").length], [0, 4]);
    assertEquals(JSON.parse(sample.out.split("\n")[2]).trials, 1);
    const path = `${folder}/results/blobs_rate/trials.csv`;
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace(",done,", ",failed,"));
    const other = await run("verify", file);
    assertEquals(other.code, 1);
    assertMatch(
      other.out,
      /^blobs_rate, 6 trials with 1 worker: 1 line differs\n {2}trials\.csv\n {4}committed .*,failed,.*\n {4}found .*,done,/,
    );
  }),
);

Deno.test(
  "run names what it was refused and the flag that allows it, which does",
  atWork(async ({ folder, run }) => {
    const elsewhere = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${elsewhere}/points.csv`, "x,label\n" + "1,a\n2,b\n".repeat(20));
      const text = EXPERIMENT.replace("blobs,", "csvDataset,").replace(
        /blobs\(\{[^}]*\}\)/,
        `csvDataset({ file: "${elsewhere}/points.csv", label: "label", classes: ["a", "b"], train: 20, ` +
          "validation: 10, test: 10 })",
      );
      await Deno.writeTextFile(`${folder}/experiments/blobs_rate.ts`, text);
      const args = ["run", "experiments/blobs_rate.ts", "--only", "rate=0.1"];
      const { code, out, error } = await run(...args);
      assertEquals([code, out], [2, ""]);
      assertEquals(
        error,
        `error: Cannot read ${elsewhere}/points.csv: this command may not, ` +
          `--allow-read ${elsewhere}/points.csv lets it\n`,
      );
      assertEquals((await run(...args, "--allow-read", `${elsewhere}/points.csv`)).code, 0);
    } finally {
      await Deno.remove(elsewhere, { recursive: true });
    }
  }),
);

Deno.test(
  "run gives a trial up that runs for too long, and keeps its last checkpoint",
  atWork(async ({ folder, run }) => {
    const text = EXPERIMENT.replace("[0.001, 0.1, 1e30]", "[0.1]").replace("repeats: 2", "repeats: 1")
      .replace("epochs: 2", "epochs: 10_000_000");
    const file = "experiments/blobs_rate.ts";
    await Deno.writeTextFile(`${folder}/${file}`, text);
    const { code, error } = await run("run", file, "--trial-timeout", "1", "--checkpoint-every", "100");
    assertEquals(code, 4, error);
    assertStringIncludes(error, "failed: it ran for more than 1 s\n");
    const checkpoints = await Array.fromAsync(Deno.readDir(`${folder}/results/blobs_rate/checkpoints`));
    assertEquals(checkpoints.map(({ name }) => name.replace(/^[0-9a-f]{16}/, "ID")), ["ID.bin"]);
  }),
);

Deno.test(
  "run --open opens the report, and says so where there is nothing to open it with",
  atWork(async ({ folder, withEnvironment }) => {
    const args = ["run", "experiments/blobs_rate.ts", "--only", "rate=0.1", "--open"];
    const report = "results/blobs_rate/report.html";
    // No more than Deno itself is there to be started.
    const refused = await withEnvironment({ PATH: dirname(Deno.execPath()) }).run(...args);
    const opener = Deno.build.os === "darwin" ? "open" : "xdg-open";
    assertStringIncludes(
      refused.error,
      `note: Cannot open ${report}: ${opener} which must show it, is not installed\n`,
    );
    assertEquals(refused.code, 0);
    // Something of that name which says what it is asked to open.
    await Deno.writeTextFile(`${folder}/${opener}`, `#!/bin/sh\necho "$1" > ${folder}/opened\n`, {
      mode: 0o755,
    });
    const { code } = await withEnvironment({ PATH: `${folder}:${Deno.env.get("PATH")}` }).run(...args);
    assertEquals(code, 0);
    assertEquals(await Deno.readTextFile(`${folder}/opened`), `${await Deno.realPath(folder)}/${report}\n`);
  }),
);
