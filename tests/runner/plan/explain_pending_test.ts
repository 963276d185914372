import { assertEquals } from "@std/assert";
import type { Trial } from "../../../lib/experiment/trial/trial.ts";
import { TrialLog } from "../../../lib/journal/trial_log.ts";
import { explainPending, freshGroups, type TrialGroup } from "../../../lib/runner/plan/explain_pending.ts";
import type { Plan } from "../../../lib/runner/plan/plan_run.ts";
import { keepSpecs } from "../../../lib/runner/plan/trial_specs.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { doneEvents, fakeStory } from "../../report/fakes.ts";
import { fakePlan } from "../fake_plan.ts";

interface Before {
  readonly plan: Plan;
  readonly log: TrialLog;
}

/** Returns a plan whose trials have run, three rates with two repeats each, and the log of them. */
async function afterRun(folder: string): Promise<Before> {
  const plan = fakePlan(folder, { fields: { repeats: 2 } });
  await keepSpecs(plan, { trials: plan.grid.trials });
  const log = new TrialLog();
  for (const { id } of plan.grid.trials) for (const event of doneEvents(id, 0.5)) log.add(event);
  return { plan, log };
}

/** Returns trials under other ids, with other settings. */
function changed(trials: readonly Trial[], change: (trial: Trial) => Partial<Trial>): readonly Trial[] {
  return trials.map((trial) => ({ ...trial, id: `now-${trial.id}`, ...change(trial) }));
}

function shown(groups: readonly TrialGroup[]) {
  return groups.map(({ fate, trials, changes }) => [
    fate,
    trials.length,
    changes.map(({ field, before, after, isExample }) => `${field} ${before} ${after} ${isExample}`),
  ]);
}

Deno.test(
  "explainPending() groups trials by the fields that changed, with what they replace",
  inFolder(async (folder) => {
    const { plan, log } = await afterRun(folder);
    const pending = changed(plan.grid.trials, ({ solver, repeat }) => ({
      solver: { ...solver, epochs: 2, lrDecay: repeat === 0 ? 1 : 0.5 },
    }));
    const groups = await explainPending(plan, { log, pending });
    assertEquals(shown(groups), [
      ["changed", 3, ["solver.epochs 1 2 false"]],
      ["changed", 3, ["solver.epochs 1 2 false", "solver.lrDecay 1 0.5 false"]],
    ]);
    assertEquals(groups[0].trials, ["now-0.1-0", "now-0.2-0", "now-0.3-0"]);
    assertEquals(groups[0].replaced, ["0.1-0", "0.2-0", "0.3-0"]);
  }),
);

Deno.test(
  "explainPending() makes one group of trials whose fields have many values, with the first as an example",
  inFolder(async (folder) => {
    const { plan, log } = await afterRun(folder);
    const ofTrials = async (count: number) => {
      const pending = changed(plan.grid.trials.slice(0, count), (trial) => ({
        seed: 9,
        solver: { ...trial.solver, epochs: 5 + plan.grid.trials.indexOf(trial) },
      }));
      return shown(await explainPending(plan, { log, pending }));
    };
    assertEquals((await ofTrials(3)).length, 3);
    assertEquals(await ofTrials(4), [["changed", 4, ["seed 1 9 false", "solver.epochs 1 5 true"]]]);
  }),
);

Deno.test(
  "explainPending() says what failed, what had not ended, and which values and repeats are new",
  inFolder(async (folder) => {
    const { plan, log } = await afterRun(folder);
    const [first] = plan.grid.trials;
    const failed = { ...first, id: "failed", point: { rate: 7 } };
    log.add({ type: "failed", trial: "failed", reason: "its worker died" });
    const unfinished = { ...first, id: "unfinished", point: { rate: 8 } };
    await keepSpecs(plan, { trials: [failed, unfinished] });
    const pending = [
      { ...first, id: "new-repeat", repeat: 2 },
      failed,
      unfinished,
      { ...first, id: "new-rate", point: { rate: 9 } },
      { ...first, id: "new-axis", point: { rate: 0.1, kind: "a" } },
    ];
    const none = { replaced: [], changes: [], news: [], reason: null };
    assertEquals(await explainPending(plan, { log, pending }), [
      { ...none, fate: "failed", trials: ["failed"], reason: "its worker died" },
      { ...none, fate: "unfinished", trials: ["unfinished"] },
      {
        ...none,
        fate: "new",
        trials: ["new-repeat", "new-rate", "new-axis"],
        news: [{ axis: null, value: 2 }, { axis: "rate", value: 9 }, { axis: "kind", value: "a" }],
      },
    ]);
  }),
);

Deno.test(
  "explainPending() calls every trial new where nothing ran, or where the file of settings is damaged",
  inFolder(async (folder) => {
    const plan = fakePlan(folder);
    const { trials } = plan.grid;
    const all = [{
      fate: "new" as const,
      trials: trials.map(({ id }) => id),
      replaced: [],
      changes: [],
      news: [],
      reason: null,
    }];
    assertEquals(await explainPending(plan, { log: new TrialLog(), pending: trials }), all);
    await Deno.writeTextFile(
      `${folder}/specs.jsonl`,
      '{"trial":"0.1-0","point":{"rate":0.1},"rep\n[]\n\n{"a":',
    );
    assertEquals(await explainPending(plan, { log: new TrialLog(), pending: trials }), all);
    assertEquals(await explainPending(plan, { log: new TrialLog(), pending: [] }), []);
  }),
);

Deno.test(
  "explainPending() says of trials whose results are in a summary that there is no journal of them",
  inFolder(async (folder) => {
    const { summary } = fakeStory({ rates: 2, epochs: 1 });
    const plan = fakePlan(folder);
    const [first] = plan.grid.trials;
    const pending = [...summary.trials.map(({ trial }) => ({ ...first, id: trial })), first];
    const fates = async (log = new TrialLog()) =>
      (await explainPending(plan, { log, pending })).map(({ fate, trials }) => [fate, trials.length]);
    await Deno.writeTextFile(`${folder}/summary.json`, JSON.stringify(summary));
    assertEquals(await fates(), [["cloned", summary.trials.length], ["new", 1]]);
    const log = new TrialLog();
    for (const event of doneEvents("other", 0.5)) log.add(event);
    assertEquals(await fates(log), [["new", pending.length]]);
    await Deno.writeTextFile(`${folder}/summary.json`, "{");
    assertEquals(await fates(), [["new", pending.length]]);
  }),
);

Deno.test("freshGroups() is one group of all trials, and none of no trials", () => {
  const { trials } = fakePlan("results").grid;
  assertEquals(freshGroups(trials).map(({ fate, trials }) => [fate, trials.length]), [["fresh", 3]]);
  assertEquals(freshGroups([]), []);
});
