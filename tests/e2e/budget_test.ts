import { assertEquals, assertStringIncludes } from "@std/assert";
import { EXPERIMENT } from "../runner/fakes.ts";
import { atWork } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";
// Four trials that end well.
const DONE = EXPERIMENT.replace("[0.001, 0.1, 1e30]", "[0.01, 0.1]");

Deno.test(
  "run --max-trials runs as many trials at a time, exits with 6 while some are left, and ends in the same bytes",
  atWork(async ({ folder, run }) => {
    const summary = (place: string) => Deno.readTextFile(`${folder}/${place}/blobs_rate/summary.json`);
    const codes: number[] = [];
    for (const pending of [1, 0]) {
      const { code, error } = await run("run", FILE, "--max-trials", "3");
      codes.push(code);
      assertEquals(JSON.parse(await summary("results")).counts.pending, pending, error);
    }
    assertEquals(codes, [6, 0]);
    assertEquals((await run("run", FILE, "--results", "whole")).code, 0);
    assertEquals(await summary("results"), await summary("whole"));
  }, { experiment: DONE }),
);

Deno.test(
  "run --max-minutes begins no trial after them, and exits with 6",
  atWork(async ({ run }) => {
    const { code, out, error } = await run("run", FILE, "--max-minutes", "1e-9");
    assertEquals(code, 6, error);
    assertStringIncludes(out, "deno task run experiments/blobs_rate.ts runs the other 4\n");
    assertEquals((await run("run", FILE, "--max-minutes", "60")).code, 0);
  }, { experiment: DONE }),
);

Deno.test(
  "run says in one line what is wrong with a budget",
  atWork(async ({ run }) => {
    for (
      const [flags, message] of [
        [
          ["--max-trials", "0"],
          'Cannot read --max-trials: it must be a whole number of at least 1, found "0"',
        ],
        [["--max-minutes=-1"], 'Cannot read --max-minutes: it must be a number above 0, found "-1"'],
        [
          ["--max-minutes", "1", "--engine", "bullmq", "--redis", "redis://127.0.0.1:1"],
          "Cannot use --max-minutes: workers elsewhere take trials from a queue, found --engine bullmq; --max-trials " +
          "limits a run",
        ],
      ] as const
    ) {
      const { code, error } = await run("run", FILE, ...flags);
      assertEquals([code, error], [2, `error: ${message}\n`]);
    }
  }),
);
