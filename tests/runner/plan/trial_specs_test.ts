import { assertEquals } from "@std/assert";
import { keepSpecs, readSpecs, specOf } from "../../../lib/runner/plan/trial_specs.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { fakePlan } from "../fake_plan.ts";

Deno.test(
  "keepSpecs() appends what decides each trial once, in the order in which trials were handed out",
  inFolder(async (folder) => {
    const plan = fakePlan(`${folder}/results`);
    const [first, second, third] = plan.grid.trials;
    assertEquals(await readSpecs(plan), []);
    await keepSpecs(plan, { trials: [second] });
    await keepSpecs(plan, { trials: [first, second, third] });
    await keepSpecs(plan, { trials: [first] });
    assertEquals(await readSpecs(plan), [second, first, third].map((trial) => specOf(trial, plan)));
    const { id: trial, point, repeat, seed, model, solver } = first;
    assertEquals(specOf(first, plan), {
      ...{ trial, point, repeat, seed, model, solver },
      dataDigest: "d",
      numericsVersion: 1,
    });
  }),
);

Deno.test(
  "readSpecs() passes over what is no line of a run, and keepSpecs() goes on behind it",
  inFolder(async (folder) => {
    const plan = fakePlan(folder);
    const [first, second] = plan.grid.trials;
    await keepSpecs(plan, { trials: [first] });
    const damage = 'null\n3\n"x"\n{}\n{"trial":1,"point":{}}\n{"trial":"a","point":null}\n<<<<<<< HEAD\n';
    await Deno.writeTextFile(`${folder}/specs.jsonl`, damage, { append: true });
    await keepSpecs(plan, { trials: [first, second] });
    assertEquals((await readSpecs(plan)).map(({ trial }) => trial), [first.id, second.id]);
  }),
);
