// Several sources together: every reader of results, given the same damaged files.
import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { checkExperiment } from "../../../lib/runner/check/check_experiment.ts";
import { diffResults } from "../../../lib/runner/check/diff_results.ts";
import { verifyExperiment } from "../../../lib/runner/check/verify_experiment.ts";
import { explainTrials } from "../../../lib/runner/results/explain_trial.ts";
import { rewriteReport } from "../../../lib/runner/results/rewrite_report.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { findShards } from "../../../lib/runner/shards/read_shards.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { inSandbox } from "../fakes.ts";

/** What stands in the place of a file, and what its readers say. */
const DAMAGES: readonly (readonly [file: string, damage: string | null, message: string])[] = [
  ["summary.json", null, "it must be a file, found a folder"],
  ["summary.json", "", "it must be JSON, found an empty file"],
  ["summary.json", '{"format":1}', "experiment must be an object"],
  ["trials.csv", null, "it must be a file, found a folder"],
  ["history.csv", null, "it must be a file, found a folder"],
  ["history.csv", "", "line 1 must continue the epochs of a trial, found other columns"],
];

Deno.test(
  "checkExperiment(), diffResults() and verifyExperiment() name the file of a baseline that is damaged",
  inSandbox(async ({ folder, load, options }) => {
    const loaded = await load();
    const { folder: good } = await runExperiment(loaded, options());
    for (const [file, damage, message] of DAMAGES) {
      const resultsDir = await Deno.makeTempDir({ dir: folder });
      const bad = `${resultsDir}/blobs_rate`;
      await runExperiment(loaded, options({ resultsDir }));
      await Deno.remove(`${bad}/${file}`);
      await (damage === null ? Deno.mkdir(`${bad}/${file}`) : Deno.writeTextFile(`${bad}/${file}`, damage));
      const start = `Cannot read ${bad}/${file}: ${message}`;
      await assertRejects(() => diffResults(bad, good), InputError, start);
      const checked = await checkExperiment(loaded, {
        ...options({ resultsDir }),
        currentDir: `${folder}/results`,
      });
      assertEquals(checked?.problem?.verdict, "damaged");
      assertEquals(checked?.problem?.message.slice(0, start.length), start);
      if (damage !== null) continue;
      await assertRejects(
        () =>
          verifyExperiment(loaded, { ...options({ resultsDir }), seed: 1, engine: () => options().engine! }),
        InputError,
        start,
      );
    }
  }),
);

Deno.test(
  "runExperiment(), rewriteReport() and explainTrials() pass damaged settings over",
  inSandbox(async ({ load, options, resultsDir }) => {
    const { folder } = await runExperiment(await load(), options());
    await Deno.writeTextFile(
      `${folder}/specs.jsonl`,
      'null\n3\n"x"\n{}\n<<<<<<< HEAD\n{"trial":"a","point":null}\n',
    );
    const wider = await load({ "0.1, 1e30": "0.1, 0.2, 1e30" });
    assertEquals(
      (await explainTrials(wider, { resultsDir, id: "" })).filter(({ fate }) => fate === "new").length,
      2,
    );
    assertEquals((await runExperiment(wider, options())).ended, 2);
    await rewriteReport(wider, { resultsDir });
  }),
);

Deno.test(
  "findShards() throws when a shard.json is damaged",
  inFolder(async (dir) => {
    const path = `${dir}/blobs_rate/shard.json`;
    await Deno.mkdir(`${dir}/blobs_rate`);
    const cases = [
      ["{", "it must be JSON, found Expected property name or '}' in JSON at position 1 (line 1 column 2)"],
      ["null", "it must be an object, found null"],
      ['{"format":2}', "format must be 1, found 2"],
      ['{"format":1}', "experiment must be a text that is not empty"],
    ];
    for (const [text, message] of cases) {
      await Deno.writeTextFile(path, text);
      const error = await assertRejects(() => findShards([dir]), InputError);
      assertEquals(error.message, `Cannot read ${path}: ${message}`);
    }
  }),
);
