import { assertEquals } from "@std/assert";
import { expectedTime, Timings } from "../../../lib/runner/results/timings.ts";
import { keepSpecs } from "../../../lib/runner/plan/trial_specs.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { fakePlan } from "../fake_plan.ts";

Deno.test(
  "Timings write a row a trial that has ended, one heading, and go on behind what is there",
  inFolder(async (folder) => {
    let nowMs = 0;
    const runOnce = (...trials: readonly string[]) => {
      using timings = new Timings(fakePlan(folder), { clock: () => nowMs });
      for (const trial of trials) timings.start(trial);
      timings.stop("unheard");
      timings.end("unheard", { worker: 0 });
      for (const [worker, trial] of trials.entries()) {
        nowMs += 1234.5;
        timings.stop(trial);
        nowMs += 100;
        timings.end(trial, { worker });
        timings.end(trial, { worker });
      }
    };
    runOnce();
    assertEquals([...Deno.readDirSync(folder)], []);
    runOnce("a", "b");
    runOnce("c");
    assertEquals(
      await Deno.readTextFile(`${folder}/timings.csv`),
      "trial,seconds,worker\r\na,1.234,0\r\nb,2.569,1\r\nc,1.234,0\r\n",
    );
  }),
);

Deno.test(
  "expectedTime() is the median time of an epoch, of these trials or else of all, shared by the workers",
  inFolder(async (folder) => {
    const plan = fakePlan(folder);
    const [first, second, third] = plan.grid.trials;
    const solver = { ...first.solver, epochs: 10 };
    const trials = [{ ...first, solver }, second, third];
    const expected = async (workers: number | undefined, count = 3) => {
      const time = await expectedTime(plan, { trials: trials.slice(0, count), workers });
      return time === null ? null : [time.expectedMs, time.timed];
    };
    assertEquals(await expected(1), null);
    await keepSpecs(plan, { trials: [{ ...first, id: "a", solver }, { ...first, id: "b" }] });
    const rows = "trial,seconds,worker\r\nunknown,9.000,0\r\na,10.000,0\r\nb,4.000,1\r\n";
    await Deno.writeTextFile(`${folder}/timings.csv`, rows);
    assertEquals([await expected(1), await expected(8), await expected(1, 1)], [
      [30_000, 2],
      [25_000, 2],
      [25_000, 2],
    ]);
    assertEquals([await expected(undefined), await expected(1, 0)], [null, null]);
    const more = "0.2-0,7.000,0\r\n0.2-0,0.500,0\r\n0.3-0,x\n0.3-0,\0\0\0,1\r\n0.3-0,1e9.000,0\r\n0.3-0,3";
    await Deno.writeTextFile(`${folder}/timings.csv`, more, { append: true });
    assertEquals(await expected(1), [6000, 1]);
  }),
);

Deno.test(
  "expectedTime() adds short trials up, since only their sum says how long they take",
  inFolder(async (folder) => {
    const plan = fakePlan(folder);
    await Deno.writeTextFile(`${folder}/timings.csv`, "0.1-0,0.000,0\r\n0.2-0,0.000,0\r\n0.3-0,0.060,1\r\n");
    assertEquals(await expectedTime(plan, { trials: plan.grid.trials, workers: 1 }), {
      expectedMs: 60,
      timed: 3,
    });
  }),
);

Deno.test(
  "expectedTime() is not known where no trial of the file is, or where it cannot be read",
  inFolder(async (folder) => {
    const plan = fakePlan(folder);
    const options = { trials: plan.grid.trials, workers: 1 };
    await Deno.writeTextFile(`${folder}/timings.csv`, "unknown,9.000,0\r\n");
    assertEquals(await expectedTime(plan, options), null);
    await Deno.remove(`${folder}/timings.csv`);
    await Deno.mkdir(`${folder}/timings.csv`);
    assertEquals(await expectedTime(plan, options), null);
  }),
);
