import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { rewriteReport } from "../../../lib/runner/results/rewrite_report.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { committedFiles, inSandbox } from "../fakes.ts";

Deno.test(
  "rewriteReport() throws when the experiment was never run",
  inSandbox(async ({ resultsDir, load, options }) => {
    const loaded = await load();
    await assertRejects(
      () => rewriteReport(loaded, options()),
      InputError,
      `Cannot report on blobs_rate: it has not run here, there is no ${resultsDir}/blobs_rate/journal.jsonl`,
    );
  }),
);

Deno.test(
  "rewriteReport() writes nothing over results whose journal is of other data",
  inSandbox(async ({ load, options }) => {
    const { folder } = await runExperiment(await load(), options());
    const before = await committedFiles(folder);
    const report = async (changes: Readonly<Record<string, string>>) => {
      const loaded = await load(changes);
      return (await assertRejects(() => rewriteReport(loaded, options()), InputError)).message;
    };
    assertMatch(
      await report({ "train: 60": "train: 61" }),
      /^Cannot resume from .*journal.jsonl: nothing in it can be reused, its trials ran on data [0-9a-f]{16}, which are now [0-9a-f]{16}; --fresh /,
    );
    assertEquals(await committedFiles(folder), before);
  }),
);
