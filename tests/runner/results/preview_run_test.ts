import { assertEquals } from "@std/assert";
import { previewRun } from "../../../lib/runner/results/preview_run.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { fileNames, inSandbox } from "../fakes.ts";

Deno.test(
  "previewRun() says what becomes of each trial and writes nothing",
  inSandbox(async ({ folder, load, options }) => {
    const loaded = await load();
    await runExperiment(loaded, options({ only: [{ axis: "rate", value: "0.1" }] }));
    const before = await fileNames(folder);
    const { trials, groups } = await previewRun(loaded, {
      ...options(),
      only: [{ axis: "rate", value: "1e30" }],
    });
    assertEquals(trials.map(({ fate }) => fate), [
      "left out",
      "left out",
      "has a result",
      "has a result",
      "runs",
      "runs",
    ]);
    assertEquals(groups.map(({ fate, trials, news }) => [fate, trials.length, news]), [
      ["new", 2, [{ axis: "rate", value: 1e30 }]],
    ]);
    const fresh = await previewRun(loaded, { ...options(), fresh: true });
    assertEquals(fresh.groups.map(({ fate, trials }) => [fate, trials.length]), [["fresh", 6]]);
    assertEquals(await fileNames(folder), before);
  }),
);

Deno.test(
  "previewRun() leaves out what --max-trials leaves for a later run",
  inSandbox(async ({ load, options }) => {
    const loaded = await load();
    await runExperiment(loaded, options({ only: [{ axis: "rate", value: "0.001" }] }));
    const { trials, groups, memory } = await previewRun(loaded, {
      ...options({ workers: 4, maxTrials: 3, availableBytes: null }),
    });
    assertEquals(trials.map(({ fate }) => fate), [
      "has a result",
      "has a result",
      "runs",
      "runs",
      "runs",
      "left out",
    ]);
    assertEquals(groups.flatMap(({ trials }) => trials), trials.slice(2, 5).map(({ trial }) => trial.id));
    // 100 rows of four features and a label, and the mean.
    assertEquals([memory?.dataBytes, memory?.running], [100 * 20 + 16, 3]);
  }),
);
