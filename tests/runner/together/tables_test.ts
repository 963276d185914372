// Several sources together: an experiment on a table, run, resumed, verified, checked and shown.
import { assert, assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { workersEngine } from "../../../lib/engine/threads/workers.ts";
import { exists } from "../../../lib/files/exists.ts";
import { verifyExperiment } from "../../../lib/runner/check/verify_experiment.ts";
import type { LoadedExperiment } from "../../../lib/runner/plan/load_experiment.ts";
import { readResults } from "../../../lib/runner/results/read_results.ts";
import { rewriteReport } from "../../../lib/runner/results/rewrite_report.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { committedFiles, forbiddenEngine, inSandbox, recorder, type Sandbox } from "../fakes.ts";

/** A table of texts, numbers, missing values and dates, from which the class can be learned. */
const TABLE = `when;size;colour;note;kind
${
  Array.from({ length: 90 }, (_, row) => {
    const kind = row % 3;
    const size = row % 11 === 4 ? "NA" : `${kind * 4 + (row * 7) % 5},${row % 10}`;
    const day = String(1 + (row * 5) % 28).padStart(2, "0");
    return `${day}.0${1 + row % 9}.2023;${size};${
      ["red", "green", "blue"][(kind + row % 2) % 3]
    };n${row};k${kind}`;
  }).join("\n")
}
`;

const DATA = `table({
  file: "t.csv",
  label: "kind",
  drop: ["note"],
  decimalComma: true,
  missing: { markers: ["NA"], numeric: "indicator" },
  columns: { when: { kind: "date", format: "DD.MM.YYYY", parts: ["days", "month"] } },
})`;

/** What to replace in the experiment, so that its data are the table. */
function changes(data = DATA): Readonly<Record<string, string>> {
  return {
    "import { blobs,": "import { table,",
    "blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 })": data,
    "[0.001, 0.1, 1e30]": "[0.01, 0.1]",
  };
}

interface TabledChanges {
  readonly data?: string;
  readonly text?: string;
  readonly solver?: string;
}

async function loadTabled(
  { load }: Pick<Sandbox, "load">,
  { data = DATA, text = TABLE, solver = "epochs: 2" }: TabledChanges = {},
): Promise<LoadedExperiment> {
  const loaded = await load({ ...changes(data), "epochs: 2": solver });
  await Deno.writeTextFile(`${loaded.baseDir}/t.csv`, text);
  return loaded;
}

const FOLDED = DATA.replace("label:", "folds: 3, label:");

for (const [what, data] of [["splits", DATA], ["folds", FOLDED]] as const) {
  Deno.test(
    `runExperiment() gives the same bytes of a table in ${what} with one, two and three workers, and keeps what was learned`,
    inSandbox(async ({ folder, load, options }) => {
      const loaded = await loadTabled({ load }, { data });
      const whole = await runExperiment(loaded, options());
      const files = await committedFiles(whole.folder);
      for (const workers of [2, 3]) {
        const settings = options({
          engine: workersEngine({ workers }),
          resultsDir: `${folder}/results${workers}`,
        });
        assertEquals(await committedFiles((await runExperiment(loaded, settings)).folder), files);
      }
      const { summary } = whole;
      const [{ rows, classNames, preparations }] = summary.datasets!;
      assertEquals([summary.format, summary.datasets!.length, rows, classNames], [
        ...[2, 1, { train: 54, validation: 18, test: 18 }],
        ["k0", "k1", "k2"],
      ]);
      assertEquals(preparations.length, what === "folds" ? 3 : 1);
      for (const { columns } of preparations) {
        assertEquals(columns.map(({ name, kind }) => `${name}: ${kind}`), [
          "when: date",
          "size: numeric",
          "colour: categorical",
        ]);
      }
      assertEquals((await readResults(whole.folder))!.summary, summary);
      await rewriteReport(loaded, options());
      await runExperiment(loaded, options({ engine: forbiddenEngine() }));
      assertEquals(await committedFiles(whole.folder), files);
    }),
  );
}

Deno.test(
  "runExperiment() reports how a table was read, and its report has the rows of its splits",
  inSandbox(async ({ load, options }) => {
    const { events, observe } = recorder();
    const { folder } = await runExperiment(await loadTabled({ load }), options({ observe }));
    const notes = events.flatMap((event) => event.type === "note" ? [event.message] : []);
    assertEquals(notes.slice(0, 2), [
      't.csv: 90 rows, separated by ";"; the label "kind" has the classes k0, k1, k2.',
      "Columns: date when; numeric size; categorical colour.",
    ]);
    const report = await Deno.readTextFile(`${folder}/report.md`);
    assert(report.includes("54 training, 18 validation and 18 test rows"), report.slice(0, 400));
  }),
);

Deno.test(
  "verifyExperiment() finds every byte of a table in folds the same",
  inSandbox(async ({ load, options, resultsDir }) => {
    const loaded = await loadTabled({ load }, { data: FOLDED });
    await runExperiment(loaded, options());
    const passes = await verifyExperiment(loaded, {
      ...options(),
      ...{ resultsDir, engine: workersEngine, seed: 1, workerCounts: [1, 2] },
    });
    const differences = [];
    for await (const pass of passes!) differences.push(pass.differences);
    assertEquals(differences, [[], []]);
  }),
);

const WRONG = [
  [
    "a batch has more rows than there are for training",
    { text: TABLE.split("\n").slice(0, 25).join("\n") },
    "Cannot run rate=0.01, hidden=8: solver.batchSize must be at most the 14 training rows, found 20",
  ],
  [
    "class weights are not as many as its classes",
    { solver: "epochs: 2, loss: { classWeights: [1, 2] }" },
    "Cannot run rate=0.01, hidden=8: solver.loss.classWeights must have one for each of the 3 classes, found 2",
  ],
  [
    "a column that the declaration names is none",
    { data: DATA.replace('"note"', '"notes"') },
    "which data.drop names",
  ],
] as const;

for (const [when, given, message] of WRONG) {
  Deno.test(
    `runExperiment() refuses a table when ${when}, and writes nothing`,
    inSandbox(async ({ load, options, resultsDir }) => {
      const loaded = await loadTabled({ load }, given);
      await assertRejects(() => runExperiment(loaded, options()), InputError, message);
      assertEquals(await exists(`${resultsDir}/blobs_rate/summary.json`), false);
    }),
  );
}
