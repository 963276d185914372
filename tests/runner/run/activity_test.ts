import { assertEquals } from "@std/assert";
import { LOCAL } from "../../../lib/report/files/result_files.ts";
import type { ActivityLine } from "../../../lib/runner/run/activity.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { inSandbox, recorder } from "../fakes.ts";

async function linesOf(folder: string): Promise<readonly ActivityLine[]> {
  const text = await Deno.readTextFile(`${folder}/blobs_rate/${LOCAL.activity.name}`);
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

Deno.test(
  "runExperiment() writes to activity.jsonl what it is about, who runs what, and how it ends",
  inSandbox(async ({ resultsDir, load, options }) => {
    await runExperiment(await load(), options());
    const [start, ...lines] = await linesOf(resultsDir);
    if (start.type !== "run") throw new Error(`Cannot go on: a run must stand first, found ${start.type}`);
    assertEquals([start.experiment.name, start.workers, start.trials.length], ["blobs_rate", 1, 6]);
    assertEquals(start.toRun, start.trials.map(({ id }) => id));
    assertEquals(start.trials.map(({ epochs }) => epochs), Array(6).fill(2));
    const told = lines.flatMap((line) =>
      line.type === "started" || line.type === "ended" ? [`${line.type} ${line.trial}`] : []
    );
    assertEquals(told.sort(), start.toRun.flatMap((id) => [`ended ${id}`, `started ${id}`]).sort());
    const last = lines.at(-1)!;
    assertEquals(last.type === "closed" && last.status, "complete");
  }),
);

Deno.test(
  "runExperiment() leaves the last run's activity when nothing is left to run",
  inSandbox(async ({ resultsDir, load, options }) => {
    const loaded = await load();
    await runExperiment(loaded, options());
    const before = await linesOf(resultsDir);
    await runExperiment(loaded, options());
    assertEquals(await linesOf(resultsDir), before);
  }),
);

Deno.test(
  "runExperiment() says that it was interrupted, and runs where nothing can be written",
  inSandbox(async ({ resultsDir, load, options }) => {
    const loaded = await load();
    const controller = new AbortController();
    const observe = () => controller.abort();
    await runExperiment(loaded, options({ signal: controller.signal, observe }));
    // A folder stands where the file would.
    await Deno.mkdir(`${resultsDir}/blobs_rate`, { recursive: true });
    await Deno.remove(`${resultsDir}/blobs_rate/${LOCAL.activity.name}`).catch(() => {});
    await Deno.mkdir(`${resultsDir}/blobs_rate/${LOCAL.activity.name}`);
    const { observe: record } = recorder();
    const { status } = await runExperiment(loaded, options({ observe: record }));
    assertEquals(status, "complete");
  }),
);

Deno.test(
  "runExperiment() writes to activity.jsonl what is measured and selected, which a dashboard ranks by",
  inSandbox(async ({ resultsDir, load, options }) => {
    await runExperiment(await load({ "  seed: 7": '  select: "validationLoss",\n  seed: 7' }), options());
    const [start] = await linesOf(resultsDir);
    if (start.type !== "run") throw new Error(`Cannot go on: a run must stand first, found ${start.type}`);
    assertEquals([start.experiment.metrics, start.experiment.select], [["validationLoss"], "validationLoss"]);
  }),
);
