import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { inlineEngine } from "../../../lib/engine/inline.ts";
import { checkText } from "../../../lib/report/gate/check_text.ts";
import { describeComparison } from "../../../lib/report/gate/describe_comparison.ts";
import { checkExperiment } from "../../../lib/runner/check/check_experiment.ts";
import { loadExperiment } from "../../../lib/runner/plan/load_experiment.ts";
import { explainTrials } from "../../../lib/runner/results/explain_trial.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";

const MODULE = new URL("../../../mod.ts", import.meta.url).href;

const EXPERIMENT = `import { csvDataset, defineExperiment } from "${MODULE}";
export default defineExperiment({
  name: "table",
  question: "Which?",
  seed: 1,
  data: csvDataset({ file: "data.csv", label: "kind", classes: ["a", "b"], train: 20, validation: 10, test: 10 }),
  grid: { rate: [0.1, 0.2] },
  trial: ({ rate }) => ({
    model: { hiddenDims: [] },
    solver: { optimizer: { name: "sgd", learningRate: rate }, batchSize: 5, epochs: 1 },
  }),
});
`;

const ROWS = Array.from({ length: 40 }, (_, i) => `${Math.sin(i)},${i % 3},${i % 2 === 0 ? "a" : "b"}\n`);
const TABLE = `x,y,kind\n${ROWS.join("")}`;

Deno.test("check, run and why say that the data changed, and how, where git converted line ends", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const resultsDir = `${folder}/results`;
    const file = `${folder}/table.ts`;
    await Deno.writeTextFile(file, EXPERIMENT);
    await Deno.writeTextFile(`${folder}/data.csv`, TABLE);
    const loaded = await loadExperiment(file);
    const options = {
      ...{ workers: 1, engine: inlineEngine(), resultsDir, cacheDir: `${folder}/cache` },
      ...{ signal: new AbortController().signal, clock: () => 0, observe: () => {} },
    };
    const { summary } = await runExperiment(loaded, options);
    await Deno.writeTextFile(`${folder}/data.csv`, TABLE.replaceAll("\n", "\r\n"));
    const cause = `${folder}/data.csv has the same rows, but its line ends were LF and are CRLF, as git's ` +
      'core.autocrlf makes them; "*.csv -text" in .gitattributes keeps files unchanged';

    const comparison = (await checkExperiment(loaded, options))!;
    const findings = describeComparison(comparison);
    const trials = comparison.trials.map(({ point }) => `rate=${point.rate}`);
    assertEquals(findings.map(({ title, trial, severity }) => [title, trial, severity]), [
      ["Data changed", null, "error"],
      ...trials.map((trial) => ["Data changed", trial, "error"]),
    ]);
    assertEquals(findings[0].message, cause);
    const text = checkText(comparison);
    assertStringIncludes(text, `\n  FAIL  Data changed  ${cause}\n`);
    assertEquals(text.split(cause).length, 2);

    const { message } = await assertRejects(() => runExperiment(loaded, options), InputError);
    assert(
      message.startsWith(`Cannot resume from ${resultsDir}/table/journal.jsonl: nothing in it can be reused`),
    );
    assert(message.endsWith(`--fresh keeps the file under another name and starts over; ${cause}`), message);

    // A journal of the old data, beside settings of the same trials.
    await Deno.rename(`${resultsDir}/table`, `${folder}/kept`);
    await Deno.mkdir(`${resultsDir}/table`, { recursive: true });
    for (const name of ["journal.jsonl", "specs.jsonl"]) {
      await Deno.copyFile(`${folder}/kept/${name}`, `${resultsDir}/table/${name}`);
    }
    const explained = await explainTrials(loaded, { resultsDir, id: "" });
    assertEquals(
      explained.map(({ fate, trial, other }) => fate === "changed" ? other : [fate, trial.id]),
      [
        ...summary.trials.map(({ trial }) => trial),
        ...summary.trials.map(({ trial }) => ["replaced", trial]),
      ],
    );
    assertEquals(
      explained.map(({ changes }) => changes.map(({ field, reason }) => [field, reason])),
      explained.map(() => [["dataDigest", cause]]),
    );

    await Deno.writeTextFile(`${folder}/data.csv`, TABLE.replace("0,0,a", "0,1,a"));
    await Deno.remove(`${resultsDir}/table`, { recursive: true });
    await Deno.rename(`${folder}/kept`, `${resultsDir}/table`);
    const edited = (await checkExperiment(loaded, options))!;
    assertEquals(edited.changes.map(({ field, reason }) => [field, reason]), [
      ["dataDigest", `${folder}/data.csv has new content`],
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
