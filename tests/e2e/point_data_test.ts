import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { EXPERIMENT } from "../runner/fakes.ts";
import { atWork } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";

/** Four points on two data sets. */
const SIZES = EXPERIMENT
  .replace("data: blobs(", "data: ({ train }) => blobs(").replace("train: 60,", "train,")
  .replace(
    "grid: { rate: [0.001, 0.1, 1e30], hidden: [8] },",
    "grid: { train: [40, 60], rate: [0.01, 0.1], hidden: [8] },",
  );

Deno.test(
  "run, check, verify and export take data that depend on the point, and keep the trials of data that stay",
  atWork(async ({ folder, run }) => {
    const ran = await run("run", FILE, "--workers", "2");
    assertEquals(ran.code, 0, ran.error);
    const summary = JSON.parse(await Deno.readTextFile(`${folder}/results/blobs_rate/summary.json`));
    assertEquals(summary.format, 2);
    assertEquals(summary.experiment.datasets.map(({ train }: { train: number }) => train), [40, 60]);
    assertEquals(summary.winner.data.train, summary.winner.point.train);
    const report = await Deno.readTextFile(`${folder}/results/blobs_rate/report.md`);
    assertStringIncludes(report, "2 data sets: 40 to 60 training, 20 validation and 20 test rows");
    for (const command of [["check"], ["verify"]]) {
      const { code, out, error } = await run(...command, FILE);
      assertEquals(code, 0, out + error);
    }
    const exported = await run("export", FILE, "--format", "safetensors", "--out", "model.safetensors");
    assertEquals(exported.code, 0, exported.error);
    // A plain experiment on one of the data sets has the ids of its trials.
    const one = await run("run", FILE, "--dry-run", "--json", "--set", "data.train=60", "--results", "other");
    const ids = await Deno.readTextFile(`${folder}/results/blobs_rate/trials.csv`);
    const { trials } = JSON.parse(one.out);
    assert(trials.every(({ id }: { id: string }) => ids.includes(id)), one.out);
    // A value more on the axis leaves the trials of the others as they are.
    await Deno.writeTextFile(`${folder}/${FILE}`, SIZES.replace("[40, 60]", "[50, 40, 60]"));
    const more = await run("run", FILE);
    assertStringIncludes(more.error, "12 trials, 8 with a result, 4 to run");
    // None of these data is there any more.
    await Deno.writeTextFile(`${folder}/${FILE}`, SIZES.replace("[40, 60]", "[41, 61]"));
    const none = await run("run", FILE);
    assertEquals(none.code, 2);
    assertStringIncludes(none.error, "nothing in it can be reused, its trials ran on data ");
  }, { experiment: SIZES }),
);

Deno.test(
  "a data function that throws or returns something else is one line with the point",
  atWork(async ({ folder, run }) => {
    const at = `error: Cannot run ${FILE}: Cannot expand blobs_rate at train=40 rate=0.01 hidden=8: `;
    const cases: readonly (readonly [string, string])[] = [
      ["(() => { throw new Error('no rows'); })(", "its data function threw, no rows"],
      ["(() => 5)(", "data must be an object, found 5"],
      [
        "((fields) => ({ ...blobs(fields), train: 0 }))(",
        "data.train must be a whole number from 1 on, found 0",
      ],
      [
        "((fields) => ({ get kind() { throw new Error('unread'); } }))(",
        "what its data function returned cannot be read, unread",
      ],
      [
        "((fields) => blobs({ ...fields, train: 10 }))(",
        "solver.batchSize must be at most data.train, which is 10, found 20",
      ],
    ];
    for (const [call, message] of cases) {
      await Deno.writeTextFile(`${folder}/${FILE}`, SIZES.replace("=> blobs(", `=> ${call}`));
      const { code, error } = await run("run", FILE, "--dry-run");
      assertEquals(code, 2, error);
      assertEquals(error.trim(), `${at}${message}`);
    }
  }, { experiment: SIZES }),
);
