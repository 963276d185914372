import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { previewRun } from "../../../lib/runner/results/preview_run.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { inSandbox } from "../fakes.ts";

Deno.test(
  "loadExperiment() sets fields of every trial and of the experiment",
  inSandbox(async ({ load, options }) => {
    const changed = await load({}, {
      overrides: [
        { path: "solver.epochs", value: "1" },
        { path: "solver.optimizer.learningRate", value: "0.5" },
        { path: "data.train", value: "40" },
        { path: "repeats", value: "1" },
      ],
    });
    const { trials } = await previewRun(changed, options());
    const seen = trials.map(({ trial: { solver, data } }) => [solver.epochs, solver.optimizer, data.train]);
    assertEquals(seen, [[1, { name: "sgd", learningRate: 0.5 }, 40]]);
    const { folder } = await runExperiment(changed, options());
    assertStringIncludes(
      await Deno.readTextFile(`${folder}/report.md`),
      "experiments/blobs_rate.ts --set 'solver.epochs=1' --set 'solver.optimizer.learningRate=0.5' ",
    );
  }),
);

Deno.test(
  "loadExperiment() throws when the path leads nowhere",
  inSandbox(async ({ load }) => {
    const cases = [
      [
        "epochs",
        'Cannot set a field: --set must name a field of model, solver or data, or seed, repeats, select or ensemble, found "epochs"',
      ],
      [
        "solver.epochs.deep",
        "its trial function threw, Cannot set solver.epochs.deep: epochs must be a group of fields, found 2",
      ],
      ["solver.epoch", "solver.epoch is not a field, the fields are"],
    ];
    for (const [path, message] of cases) {
      await assertRejects(
        () => load({}, { overrides: [{ path, value: "1" }] }),
        InputError,
        message,
      );
    }
    await assertRejects(
      () => load({}, { overrides: [{ path: "seed", value: "1\n" }] }),
      InputError,
      'Cannot set a field: --set seed must have no control characters, found U+000A at character 2 of "1\\n"',
    );
  }),
);
