import { assertEquals } from "@std/assert";
import { Timings } from "../../../lib/runner/run/timings.ts";
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
