import { assertEquals } from "@std/assert";
import { previewRun } from "../../../lib/runner/results/preview_run.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { inSandbox } from "../fakes.ts";

Deno.test(
  "previewRun() says what becomes of each trial and writes nothing",
  inSandbox(async ({ load, options }) => {
    const loaded = await load();
    await runExperiment(loaded, options({ only: [{ axis: "rate", value: "0.1" }] }));
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
  }),
);
