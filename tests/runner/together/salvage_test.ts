// Several sources together: a whole run that salvages the journal of another.
import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { previewRun } from "../../../lib/runner/results/preview_run.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { committedFiles, inSandbox, recorder } from "../fakes.ts";

const FEWER = { "[0.001, 0.1, 1e30]": "[0.1, 1e30]" } as const;

Deno.test(
  "runExperiment() ends in the bytes of an undamaged run when it salvages a journal, whichever line is damaged or lost",
  inSandbox(async ({ load, options }) => {
    const loaded = await load(FEWER);
    const { folder } = await runExperiment(loaded, options());
    const whole = await committedFiles(folder);
    const path = `${folder}/journal.jsonl`;
    const lines = (await Deno.readTextFile(path)).split("\n").slice(0, -1);
    const changes: readonly (readonly [string, (index: number) => readonly string[]])[] = [
      ["damaged", (index) => lines.with(index, lines[index].replace(/"record":.{9}/, '"record":#'))],
      ["lost", (index) => lines.toSpliced(index, 1)],
      [
        "swapped with the next",
        (index) => lines.toSpliced(index, 2, ...lines.slice(index, index + 2).toReversed()),
      ],
    ];
    for (const [what, change] of changes) {
      for (let index = 0; index < lines.length - 1; index++) {
        await Deno.writeTextFile(path, `${change(index).join("\n")}\n`);
        const { status } = await runExperiment(loaded, options({ salvage: true }));
        assertEquals([what, index, status], [what, index, "complete"]);
        assertEquals(await committedFiles(folder), whole, `line ${index + 1} ${what}`);
      }
    }
  }),
);

Deno.test(
  "runExperiment() says what it salvages, and previewRun() what would run, changing nothing",
  inSandbox(async ({ load, options, resultsDir }) => {
    const loaded = await load(FEWER);
    const { folder, summary } = await runExperiment(loaded, options());
    const path = `${folder}/journal.jsonl`;
    const lines = (await Deno.readTextFile(path)).split("\n");
    const trial = summary.trials[0].trial;
    const first = lines.findIndex((line) => line.includes(trial) && line.includes('"epoch":1,'));
    const damaged = lines.with(first, "<<<<<<< HEAD").join("\n");
    await Deno.writeTextFile(path, damaged);
    const message = `Cannot read ${path}: line ${first + 1} is damaged, it is not a journal record; ` +
      "run --salvage keeps the undamaged trials, --fresh renames the file and starts a new one";
    assertEquals((await assertRejects(() => runExperiment(loaded, options()), InputError)).message, message);
    assertEquals(
      (await assertRejects(() => previewRun(loaded, { resultsDir }), InputError)).message,
      message,
    );
    const { trials } = await previewRun(loaded, { resultsDir, salvage: true });
    assertEquals(trials.filter(({ fate }) => fate === "runs").map(({ trial: { id } }) => id), [trial]);
    assertEquals(await Deno.readTextFile(path), damaged);
    const { events, observe } = recorder();
    const { ended } = await runExperiment(loaded, options({ salvage: true, observe }));
    assertEquals(ended, 1);
    assertEquals(events.filter(({ type }) => type === "note").slice(0, 1), [{
      type: "note",
      message:
        `Line ${
          first + 1
        } of the journal is damaged. The file is now ${folder}/journal.1.jsonl. 3 trials with ` +
        `a result kept. Since not all of their records are whole, these start over: trial ${trial}.`,
    }]);
    assertEquals(await Deno.readTextFile(`${folder}/journal.1.jsonl`), damaged);
  }),
);

Deno.test(
  "runExperiment() throws when a trial with a result lacks an epoch, and takes no wrong history for a right one",
  inSandbox(async ({ load, options }) => {
    const loaded = await load(FEWER);
    const { folder, summary } = await runExperiment(loaded, options());
    const path = `${folder}/journal.jsonl`;
    const [{ trial }] = summary.trials;
    const lines = (await Deno.readTextFile(path)).split("\n");
    const isLast = (line: string) => line.includes(trial) && line.includes('"epoch":2,');
    await Deno.writeTextFile(path, lines.filter((line) => !isLast(line)).join("\n"));
    await assertRejects(
      () => runExperiment(loaded, options()),
      InputError,
      `Cannot read ${path}: trial ${trial} has a result, and its epoch 2 is missing; run --salvage`,
    );
  }),
);
