import { assert, assertEquals } from "@std/assert";
import { openStream, shuffle } from "../../../lib/core/numbers/random.ts";
import type { Trial } from "../../../lib/experiment/trial/trial.ts";
import type { TrialEvent } from "../../../lib/experiment/trial/trial_event.ts";
import { TrialLog } from "../../../lib/journal/trial_log.ts";
import type { Measuring } from "../../../lib/report/summary/metric.ts";
import { leadingPoint, pointResults, trialsByPoint } from "../../../lib/report/summary/rank_points.ts";
import type { Plan } from "../../../lib/runner/plan/plan_run.ts";
import { LeadingWeights } from "../../../lib/runner/results/leading_weights.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { namesIn } from "../../helpers/names_in.ts";
import { fakeExperiment, fakeGrid } from "../../report/fakes.ts";

interface PlanOptions extends Measuring {
  readonly points: number;
  readonly repeats: number;
}

function planOf(
  folder: string,
  { points, repeats, ...measured }: PlanOptions,
): Plan {
  const rate = Array.from({ length: points }, (_, i) => i + 1);
  const experiment = fakeExperiment({ grid: { rate }, repeats, ...measured });
  return { folder, grid: fakeGrid(experiment), loaded: { experiment } } as unknown as Plan;
}

function endOf({ id: trial }: Trial, accuracy: number | null): TrialEvent {
  if (accuracy === null) return { type: "diverged", trial, epoch: 1, reason: "loss is NaN" };
  const bestMetrics = { validationLoss: accuracy };
  return {
    type: "done",
    trial,
    bestEpoch: 1,
    bestValidationAccuracy: accuracy,
    bestMetrics,
    weightsSha256: "",
  };
}

/** What is worth keeping, looked up among all points at once. */
function expectedTrials({ grid, loaded }: Plan, log: TrialLog): readonly string[] {
  const groups = trialsByPoint(grid);
  const results = new Map(
    grid.trials.flatMap(({ id }) => {
      const done = log.done(id);
      return done === null
        ? []
        : [[id, { ...done, bestValidationAccuracy: done.bestValidationAccuracy!, status: "done" as const }]];
    }),
  );
  const { metrics = [] } = loaded.experiment;
  const leader = leadingPoint(pointResults(groups, { results, metrics }), loaded.experiment);
  return groups.flatMap((trials) => {
    const ends = trials.map(({ id }) => log.end(id));
    const mayWin = ends.includes(null) && ends.every((end) => end === null || end.type === "done");
    const isKept = mayWin || trials[0].point.rate === leader?.point.rate;
    return isKept ? trials.filter(({ id }) => log.done(id) !== null).map(({ id }) => id) : [];
  }).sort();
}

async function keptTrials(folder: string): Promise<readonly string[]> {
  return (await namesIn(`${folder}/weights`)).map((name) => name.replace(".bin", ""));
}

for (const select of ["validationAccuracy", "validationLoss"] as const) {
  Deno.test(`LeadingWeights keeps those that may still win by ${select}, in any order of ends`, async () => {
    const seed = crypto.getRandomValues(new Uint32Array(1))[0];
    console.log(`seed ${seed}`);
    const stream = openStream(`${seed}`);
    for (let round = 0; round < 20; round++) {
      const folder = await Deno.makeTempDir();
      try {
        const plan = planOf(folder, { points: 5, repeats: 2, metrics: ["validationLoss"], select });
        const log = new TrialLog();
        await Deno.mkdir(`${folder}/weights`);
        let leading = await LeadingWeights.open(plan, { log });
        const order = Int32Array.from(plan.grid.trials, (_, i) => i);
        shuffle(order, stream);
        for (const i of order) {
          const trial = plan.grid.trials[i];
          const draw = stream.below(5);
          const event = endOf(trial, draw === 4 ? null : draw / 4);
          log.add(event);
          await leading.end(trial.id, event.type === "done" ? new Uint8Array(1) : undefined);
          assertEquals(await keptTrials(folder), expectedTrials(plan, log));
          // As when the run was killed and started again.
          if (stream.below(4) === 0) leading = await LeadingWeights.open(plan, { log });
        }
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    }
  });
}

Deno.test(
  "LeadingWeights looks at the trials of one point when a trial ends",
  inFolder(async (folder) => {
    let lookups = 0;
    class CountingLog extends TrialLog {
      override end(trial: string): TrialEvent | null {
        lookups += 1;
        return super.end(trial);
      }
    }
    const log = new CountingLog();
    const plan = planOf(folder, { points: 500, repeats: 2 });
    const leading = await LeadingWeights.open(plan, { log });
    for (const trial of plan.grid.trials) {
      log.add(endOf(trial, 0.5));
      await leading.end(trial.id, new Uint8Array(1));
    }
    assert(lookups < 10 * plan.grid.trials.length, `found ${lookups} lookups`);
  }),
);
