import { assertEquals } from "@std/assert";
import { expectedMs, Timings } from "../../../lib/runner/results/timings.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { fakePlan } from "../fake_plan.ts";

Deno.test(
  "Timings write a row a trial that has ended, one heading, and go on behind what is there",
  inFolder(async (folder) => {
    let nowMs = 0;
    const runOnce = (...trials: readonly string[]) => {
      using timings = new Timings(fakePlan(folder), { clock: () => nowMs });
      for (const trial of trials) timings.start(trial);
      timings.end("unheard", { worker: 0 });
      for (const [worker, trial] of trials.entries()) {
        nowMs += 1234.5;
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
      "trial,seconds,worker\r\na,1.234,0\r\nb,2.469,1\r\nc,1.234,0\r\n",
    );
  }),
);

Deno.test(
  "expectedMs() is the median of the trials to run, else of all, for the turns of each worker",
  inFolder(async (folder) => {
    const { trials } = fakePlan(folder).grid;
    const expected = (workers: number | undefined, count = 3) =>
      expectedMs({ folder }, { trials: trials.slice(0, count), workers });
    assertEquals(await expected(1), null);
    await Deno.writeTextFile(`${folder}/timings.csv`, "trial,seconds,worker\r\na,1.000,0\r\nb,4.000,1\r\n");
    assertEquals([await expected(1), await expected(2), await expected(8)], [7500, 5000, 2500]);
    assertEquals([await expected(undefined), await expected(1, 0)], [null, null]);
    const more = "0.1-0,7.000,0\r\n0.1-0,9.000,0\r\n0.3-0,x\n0.2-0,\0\0\0,1\r\n0.2-0,1e9.000,0\r\n0.2-0,3";
    await Deno.writeTextFile(`${folder}/timings.csv`, more, { append: true });
    assertEquals(await expected(1), 27_000);
  }),
);

Deno.test(
  "expectedMs() is not known where the file cannot be read",
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/timings.csv`);
    assertEquals(await expectedMs({ folder }, { trials: fakePlan(folder).grid.trials, workers: 1 }), null);
  }),
);
