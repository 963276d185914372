import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { EXPERIMENT } from "../runner/fakes.ts";
import { atWork, isThere } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";
const TOGETHER = EXPERIMENT.replace(", 1e30]", "]").replace("repeats: 2,", "repeats: 3,\n  ensemble: true,")
  .replace(
    "spread: 0.4",
    "spread: 1.5",
  );

Deno.test(
  "run, report, verify, check, diff and baseline take an ensemble, and say when it changed",
  atWork(async ({ folder, run, withEnvironment }) => {
    const ran = await run("run", FILE, "--workers", "2");
    assertEquals(ran.code, 0, ran.error);
    const results = `${folder}/results/blobs_rate`;
    const text = await Deno.readTextFile(`${results}/summary.json`);
    const { winner } = JSON.parse(text);
    const accuracy = `${(winner.ensemble.testAccuracy * 100).toFixed(2)} %`;
    assertStringIncludes(ran.out, `ensemble    ${accuracy} test (3 nets by their mean probabilities)`);
    const report = await Deno.readTextFile(`${results}/report.md`);
    assertStringIncludes(report, `| test of the ensemble | **${accuracy}** |`);
    assertStringIncludes(report, "| 3 nets by their mean probabilities |");
    const predictions = await Deno.readTextFile(`${results}/ensemble_predictions.csv`);
    assertEquals(predictions.split("\r\n").slice(0, 1), ["row,class,predicted,probability"]);
    const right = predictions.trim().split("\r\n").slice(1).map((line) => line.split(","))
      .filter(([, label, predicted]) => label === predicted);
    assertEquals(right.length / 20, winner.ensemble.testAccuracy);

    const reported = await run("report", FILE, "--paper", "paper");
    assertEquals(reported.code, 0, reported.error);
    assertEquals(await Deno.readTextFile(`${results}/summary.json`), text);
    const methods = await Deno.readTextFile(`${folder}/paper/blobs_rate/methods.md`);
    assertStringIncludes(methods, "The ensemble of all its 3 nets predicts by the mean");
    const table = await Deno.readTextFile(`${folder}/paper/blobs_rate/winner.md`);
    assertStringIncludes(table, `test of the ensemble of 3 nets | ${accuracy}`);
    for (const command of [["check"], ["verify"], ["verify", "--sample", "2", "--seed", "1"]]) {
      const { code, out, error } = await run(...command, FILE);
      assertEquals(code, 0, out + error);
    }

    const at = text.indexOf('"ensemble": {');
    const changed = text.slice(0, at) + text.slice(at).replace(/"testAccuracy": [\d.]+/, '"testAccuracy": 1');
    await Deno.writeTextFile(`${results}/summary.json`, changed);
    const verified = await run("verify", FILE);
    assertEquals(verified.code, 1);
    assertStringIncludes(verified.out, '"testAccuracy": 1');
    const checked = await run("check", FILE);
    assertEquals(checked.code, 1, checked.error);
    assertStringIncludes(checked.out, "6 the same, the ensemble worse");
    assertStringIncludes(
      checked.out.replace(/\s+/g, " "),
      `FAIL Accuracy regression rate=0.1, hidden=8 (ensemble): test accuracy 100.00 % -> ${accuracy}, worse by `,
    );
    await Deno.mkdir(`${folder}/other`);
    const again = await run("run", FILE, "--results", "other");
    assertEquals(again.code, 0, again.error);
    assertEquals(await Deno.readTextFile(`${folder}/other/blobs_rate/summary.json`), text);
    const diff = await run("diff", "results/blobs_rate", "other/blobs_rate");
    assertEquals(diff.code, 1, diff.error);
    assertStringIncludes(diff.out.replace(/\s+/g, " "), `ensemble test accuracy 100.00 % -> ${accuracy}`);
    // Results are not accepted in CI.
    const accepted = await withEnvironment({ CI: "" }).run(
      "baseline",
      FILE,
      "--reason",
      "the ensemble",
      "--allow-dirty",
    );
    assertEquals(accepted.code, 0, accepted.error);
    assertEquals(await Deno.readTextFile(`${results}/summary.json`), text);
  }, { experiment: TOGETHER }),
);

Deno.test(
  "export --ensemble writes one model that predict runs, and run and export say what is wrong in one line",
  atWork(async ({ folder, run }) => {
    await run("run", FILE);
    const { winner } = JSON.parse(await Deno.readTextFile(`${folder}/results/blobs_rate/summary.json`));
    const accuracy = `${(winner.ensemble.testAccuracy * 100).toFixed(2)} %`;
    for (const format of ["safetensors", "onnx"]) {
      const out = `model.${format}`;
      const exported = await run("export", FILE, "--ensemble", "--format", format, "--out", out);
      assertEquals([exported.code, exported.error], [0, ""]);
      assertStringIncludes(exported.out, `${out}: blobs_rate, 3 nets together, ${accuracy} test\nSHA-256 `);
    }
    await Deno.writeTextFile(`${folder}/rows.csv`, "a,b,c,d\n0,0,0,0\n1,2,3,4\n");
    const predicted = await run("predict", "model.safetensors", "rows.csv");
    assertEquals([predicted.code, predicted.error, predicted.out.split("\r\n").length], [0, "", 4]);
    const one = await run("export", FILE, "--format", "safetensors", "--out", "one.safetensors");
    assertEquals(one.code, 0, one.error);
    assert((await run("predict", "one.safetensors", "rows.csv")).out !== predicted.out);

    const wrong: readonly (readonly [readonly string[], string])[] = [
      [
        ["run", FILE, "--set", "repeats=1", "--results", "few"],
        "Cannot define an experiment: ensemble must be false where a point has one net, found true; repeats from 2 on or " +
        "data.folds give it several",
      ],
      [
        ["export", FILE, "--ensemble", "--trial", "abc", "--format", "onnx", "--out", "wrong"],
        "Cannot export: --ensemble takes every trial of the winner, found --trial abc too",
      ],
      [
        ["export", FILE, "--ensemble", "--format", "onnx", "--out", "wrong", "--results", "none"],
        `Cannot export from blobs_rate: there is no journal and no summary in none/blobs_rate; run ${FILE}`,
      ],
    ];
    for (const [args, message] of wrong) {
      const { code, out, error } = await run(...args);
      assertEquals([code, out, error], [2, "", `error: ${message}\n`]);
    }
    assertEquals(await isThere(`${folder}/wrong`), false);
    const few = await run(
      ...["run", FILE, "--set", "repeats=1", "--set", "ensemble=false", "--results", "few"],
    );
    assertEquals(few.code, 0, few.error);
  }, { experiment: TOGETHER }),
);
