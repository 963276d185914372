import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import type { Summary } from "../../lib/report/summary/summary.ts";
import { EXPERIMENT } from "../runner/fakes.ts";
import { atWork, type Workplace } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";
const MEASURED = 'metrics: ["validationTop2Accuracy", "validationLoss", "validationMacroF1"], ';

/** Returns the experiment that measures three metrics and selects one of them. */
function selecting(select: string, changes: Readonly<Record<string, string>> = {}): string {
  const replaced = {
    "seed: 7": "seed: 8",
    "spread: 0.4, train: 60, validation: 20, test: 20": "spread: 0.9, train: 60, validation: 40, test: 40",
    "[0.001, 0.1, 1e30], hidden: [8]": "[0.01, 0.03, 0.1], hidden: [16]",
    '"sgd"': '"adam"',
    "epochs: 2": "epochs: 12",
    "  trial:": `  ${MEASURED}select: "${select}",\n  trial:`,
    ...changes,
  };
  return Object.entries(replaced).reduce((text, [from, to]) => text.replace(from, to), EXPERIMENT);
}

const read = ({ folder }: Workplace, name: string, results = "results") =>
  Deno.readTextFile(`${folder}/${results}/blobs_rate/${name}`);

const summaryOf = async (place: Workplace): Promise<Summary> => JSON.parse(await read(place, "summary.json"));

Deno.test(
  "run chooses other epochs and another winner by loss than by accuracy, and check, verify and list agree",
  atWork(async (place) => {
    const { folder, run } = place;
    assertEquals((await run("run", FILE)).code, 0);
    const byLoss = await summaryOf(place);
    const history = parse(await read(place, "history.csv"), { skipFirstRow: true });
    for (const { trial, bestEpoch, bestMetrics } of byLoss.trials) {
      const losses = history.filter((row) => row.trial === trial).map((row) => Number(row.validation_loss));
      assertEquals(bestEpoch, losses.indexOf(Math.min(...losses)));
      assertEquals(bestMetrics!.validationLoss, Math.min(...losses));
    }
    const { winner } = byLoss;
    assertEquals(winner!.point.rate, 0.01);
    assertEquals(Object.keys(winner!.testMetrics!), ["testLoss", "testMacroF1", "testTop2Accuracy"]);
    const page = await read(place, "report.md");
    assertStringIncludes(page, "| rank | validation loss ± 95 % | rate |");
    assertStringIncludes(page, "![Validation macro F1 by epoch](figure_validation_macro_f1.svg)");
    for (const command of [["check"], ["verify"]]) {
      const { code, out, error } = await run(...command, FILE);
      assertEquals(code, 0, out + error);
    }
    assertStringIncludes((await run("list")).out, " loss");
    await Deno.writeTextFile(`${folder}/${FILE}`, selecting("validationAccuracy"));
    assertEquals((await run("run", FILE)).code, 0);
    const byAccuracy = await summaryOf(place);
    assertEquals(byAccuracy.winner!.point.rate, 0.1);
    const epochs = [byLoss, byAccuracy].map(({ trials }) => trials.map(({ bestEpoch }) => bestEpoch));
    assert(epochs[0].every((epoch, index) => epoch !== epochs[1][index]), `${epochs.join("; ")}`);
    // What is measured and selected decides no weight of an epoch.
    const weights = (csv: string) => parse(csv, { skipFirstRow: true }).map((row) => row.weights_sha256);
    assertEquals(weights(await read(place, "history.csv")), history.map((row) => row.weights_sha256));
  }, { experiment: selecting("validationLoss") }),
);

Deno.test(
  "run gives the same bytes with 1 and 2 workers and as merged shards when it selects a metric",
  atWork(async (place) => {
    const { run } = place;
    const whole = await run("run", FILE, "--workers", "1");
    assertEquals(whole.code, 0, whole.error);
    assertEquals((await run("run", FILE, "--workers", "2", "--results", "two")).code, 0);
    for (const index of [1, 2]) {
      assertEquals((await run("run", FILE, "--shard", `${index}/2`, "--results", `shard${index}`)).code, 0);
    }
    const merged = await run("merge", "shard1", "shard2", "--results", "merged");
    assertEquals(merged.code, 0, merged.error);
    for (const name of ["trials.csv", "history.csv", "summary.json", "report.md"]) {
      const text = await read(place, name);
      for (const results of ["two", "merged"]) assertEquals(await read(place, name, results), text, name);
    }
    assertEquals((await run("report", FILE)).code, 0);
  }, {
    experiment: selecting("validationMacroF1", {
      "epochs: 2": 'epochs: 12, patience: { epochs: 3, metric: "validationLoss" }',
    }),
  }),
);

Deno.test(
  "check names the metric that got worse, and passes a policy by it",
  atWork(async (place) => {
    const { folder, run } = place;
    assertEquals((await run("run", FILE)).code, 0);
    await Deno.writeTextFile(
      `${folder}/${FILE}`,
      selecting("validationLoss", { "epochs: 2": "epochs: 3" }),
    );
    const strict = await run("check", FILE);
    assertEquals(strict.code, 1, strict.out);
    assertStringIncludes(strict.out, "validation loss 0.");
    assertStringIncludes(strict.out, ", worse by 0.");
    const tolerant = await run("check", FILE, "--tolerance", "1");
    assertEquals(tolerant.code, 0, tolerant.out);
    assertStringIncludes(tolerant.out, "suspicious none (default), by validationLoss");
  }, { experiment: selecting("validationLoss") }),
);

Deno.test(
  "run lets those points go on that have the lowest loss at a rung when it selects the loss",
  atWork(async (place) => {
    const { run } = place;
    assertEquals((await run("run", FILE)).code, 0);
    const { points, winner } = await summaryOf(place);
    const trials = parse(await read(place, "trials.csv"), { skipFirstRow: true });
    const history = parse(await read(place, "history.csv"), { skipFirstRow: true });
    const best = (rate: string, column: string) => {
      const values = trials.filter((row) => row.rate === rate).map(({ trial }) =>
        Math.min(
          ...history.filter((row) => row.trial === trial && Number(row.epoch) <= 2).map((row) =>
            Number(row[column])
          ),
        )
      );
      return values.reduce((sum, value) => sum + value, 0);
    };
    const rates = points.map(({ point }) => String(point.rate));
    const lowest = rates.toSorted((left, right) =>
      best(left, "validation_loss") - best(right, "validation_loss")
    )[0];
    assertEquals(String(winner!.point.rate), lowest);
    assertEquals(points.filter(({ stoppedAfter }) => stoppedAfter === 2).length, 2);
    for (const { point, metrics } of points) {
      assertEquals(metrics!.validationLoss!.values.length, 2, `${point.rate}`);
    }
    const { code, out, error } = await run("check", FILE);
    assertEquals(code, 0, out + error);
  }, {
    experiment: selecting("validationLoss", {
      "blobs, defineExperiment": "blobs, defineExperiment, halving",
      "  question:": "  search: halving({ epochs: [2, 6], keep: 1 / 3 }),\n  question:",
      "epochs: 2": "epochs: 6",
    }),
  }),
);
