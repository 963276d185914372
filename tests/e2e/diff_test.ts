import { assertEquals, assertStringIncludes } from "@std/assert";
import { blobs } from "../../lib/data/blobs.ts";
import { generateBlobs } from "../../lib/data/generate_blobs.ts";
import { expandGrid } from "../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../lib/experiment/points/expand_points.ts";
import { traceEpoch } from "../../lib/experiment/trial/trace_epoch.ts";
import { firstDifference } from "../../lib/runner/check/locate_difference.ts";
import { fakeExperiment } from "../report/fakes.ts";
import { needing } from "../setup/needing.ts";
import { FILE, inRepository } from "./repository.ts";

const RESULTS = "results/blobs_rate";

Deno.test(
  needing(
    "git",
    "diff lists what was declared, trials and epochs against a git revision, and locates nothing that code did not change",
  ),
  inRepository(async ({ run, edit }) => {
    assertEquals((await run("diff", RESULTS, "HEAD")).code, 0);
    await edit(FILE, { "[0.01, 0.1]": "[0.01, 0.2]" });
    assertEquals((await run("baseline", FILE, "--reason", "x", "--allow-dirty")).code, 0);
    const { code, out } = await run("diff", "HEAD", RESULTS);
    assertEquals(code, 1);
    for (
      const line of [
        `blobs_rate: HEAD:${RESULTS} and ${RESULTS}: 2 the same, 2 without a baseline, 2 obsolete\n`,
        "  declared  grid.rate [0.01,0.1] -> [0.01,0.2]\n",
        "  rate=0.2, hidden=8: absent -> 80.00 %\n",
        "  rate=0.1, hidden=8: 60.00 % -> absent\n",
      ]
    ) assertStringIncludes(out, line);
  }),
);

Deno.test(
  needing("git", "diff --locate replays both sides and names the first step and tensor that differ"),
  inRepository(async ({ folder, run, edit, git }) => {
    await git("worktree", "add", "--quiet", ".git/before");
    await edit(FILE, { "learningRate: rate": "learningRate: 2 * rate" });
    assertEquals((await run("baseline", FILE, "--reason", "x", "--allow-dirty")).code, 0);
    const { code, out, error } = await run("diff", `.git/before/${RESULTS}`, RESULTS, "--locate");
    assertEquals(code, 1, error);
    assertStringIncludes(
      out,
      "\n  epochs of rate=0.01, hidden=8\n    0: learning_rate 0.01 -> 0.02\n    1: loss ",
    );
    // The gradients are the same still, the step is not.
    assertStringIncludes(out, "  located: step 1 of epoch 1: W1 (layer 1) differs first\n");
    const refused = await run("diff", "HEAD", `${folder}/${RESULTS}`, "--locate");
    assertEquals([refused.code, refused.error], [
      2,
      `error: Cannot locate the difference: HEAD must be a folder in a worktree with ${FILE}; ` +
      "git worktree add makes one of a revision\n",
    ]);
  }),
);

Deno.test("traceEpoch() sees a flipped bit in the step where it is, and nothing before", () => {
  const data = blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 });
  const experiment = fakeExperiment({
    data,
    grid: { rate: [0.1] },
    trial: () => ({
      model: { hiddenDims: [8], weightScale: "he" },
      solver: { optimizer: { name: "sgd", learningRate: 0.1 }, batchSize: 20, epochs: 3 },
    }),
  });
  const [trial] = expandGrid(expandPoints(experiment), { dataDigest: "d" }).trials;
  const dataset = generateBlobs(data);
  const trace = (epoch: number, faultEpoch?: number) =>
    traceEpoch(trial, {
      dataset,
      epoch,
      fault: faultEpoch === undefined ? undefined : { trial: trial.id, epoch: faultEpoch },
    });
  assertEquals(trace(1).map(({ step }) => step), [0, 1, 2, 3]);
  assertEquals(firstDifference(trace(1), trace(1, 2)), null);
  assertEquals(firstDifference(trace(2), trace(2, 2)), { step: 0, tensor: "W1" });
  assertEquals(firstDifference(trace(2), trace(2).slice(0, 3)), { step: 3, tensor: null });
  const x = trace(2)[1].tensors.map(({ name }) => name);
  assertEquals(x, [
    "x",
    "scores",
    ...["b2", "W2", "b1", "W1"].map((name) => `gradient of ${name}`),
    ...["W1", "b1", "W2", "b2"],
  ]);
});
