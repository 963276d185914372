import { assertEquals } from "@std/assert";
import { bitsText, nextStep, type NextStepOptions } from "../../../lib/cli/text/next_step.ts";
import type { Counts, TrialResult } from "../../../lib/report/summary/summary.ts";
import { fakeStory } from "../../report/fakes.ts";

const folder = "results/fake";

Deno.test("bitsText() says how many trials have the committed bits, and what shows where they differ", () => {
  const cases = [
    [{ compared: 6, different: [], added: 0 }, "same bits as committed (6 of 6)"],
    [{ compared: 6, different: [], added: 1 }, "same bits as committed (6 of 6; 1 is not committed)"],
    [{ compared: 6, different: [], added: 2 }, "same bits as committed (6 of 6; 2 are not committed)"],
    [{ compared: 0, different: [], added: 6 }, "no trial is among the committed ones"],
    [
      { compared: 6, different: ["a", "b"], added: 0 },
      "2 of 6 trials have other bits than committed: deno task diff HEAD results/fake shows where",
    ],
    [
      { compared: 6, different: ["a"], added: 0 },
      "1 of 6 trials has other bits than committed: deno task diff HEAD results/fake shows where",
    ],
  ] as const;
  for (const [bits, text] of cases) assertEquals(bitsText(bits, { folder }), text);
});

const NOTHING: NextStepOptions = {
  file: "experiments/fake.ts",
  bits: { compared: 3, different: [], added: 0 },
  isToCommit: false,
  isShard: false,
  isChanged: false,
};

Deno.test("nextStep() names what makes sense after a run, the most urgent first", () => {
  const { summary } = fakeStory({ rates: 3, epochs: 1 });
  const different = { compared: 3, different: ["a"], added: 0 };
  const cases: readonly (readonly [Partial<Counts>, Partial<NextStepOptions>, string])[] = [
    [{}, {}, "open the report, or start deno task dashboard"],
    [{}, { bits: null }, "open the report, or start deno task dashboard"],
    [{}, { bits: null, isToCommit: true }, "git add results/fake, and commit it"],
    [
      {},
      { bits: different, isToCommit: true },
      'deno task baseline experiments/fake.ts --reason "…" accepts the bits, if you meant to change them',
    ],
    [{}, { bits: different, isChanged: true }, "open the report"],
    [{ pending: 2 }, { bits: different }, "deno task run experiments/fake.ts runs the other 2"],
    [
      { failed: 1, pending: 2 },
      {},
      "deno task why t1 experiments/fake.ts says why it failed; the same command tries again",
    ],
    [{ failed: 1 }, { isShard: true }, "run the other shards, then deno task merge DIR… --results OUT"],
  ];
  const failed: TrialResult = { ...summary.trials[0], trial: "t1", status: "failed" };
  for (const [counts, options, text] of cases) {
    const outcome = {
      summary: {
        ...summary,
        counts: { ...summary.counts, ...counts },
        trials: counts.failed ? [...summary.trials, failed] : summary.trials,
      },
      folder,
      status: "complete",
      ended: 3,
    } as const;
    assertEquals(nextStep(outcome, { ...NOTHING, ...options }), text);
  }
});
