import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { Journal } from "../../../lib/journal/journal.ts";
import type { LogRecord } from "../../../lib/journal/journal_record.ts";
import { pickTrial } from "../../../lib/runner/results/pick_trial.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { doneEvents } from "../../report/fakes.ts";
import { fakePlan } from "../fake_plan.ts";

/** Runs a test with the plan of three trials whose journal says so. */
function withJournal(
  records: readonly LogRecord[],
  test: (plan: ReturnType<typeof fakePlan>) => Promise<void>,
): () => Promise<void> {
  return inFolder(async (folder) => {
    const plan = fakePlan(folder);
    {
      await using journal = Journal.open(plan.journalPath, { header: plan.header });
      for (const record of records) journal.append(record);
    }
    await test(plan);
  });
}

const ENDED: readonly LogRecord[] = [
  ...doneEvents("0.1-0", 0.25),
  ...doneEvents("0.2-0", 0.5),
  { type: "failed", trial: "0.3-0", reason: "its worker died" },
];

Deno.test(
  "pickTrial() picks the winner's, or the trial whose id begins so",
  withJournal(ENDED, async (plan) => {
    assertEquals((await pickTrial(plan, {})).trial.id, "0.2-0");
    const { trial, result } = await pickTrial(plan, { id: "0.1" });
    assertEquals([trial.id, result.bestValidationAccuracy], ["0.1-0", 0.25]);
  }),
);

Deno.test(
  "pickTrial() throws when an id is that of no trial, of several, or of one without a result",
  withJournal(ENDED, async (plan) => {
    const cases: readonly (readonly [id: string, message: string])[] = [
      [
        "7",
        "Cannot export 7: --trial must be the beginning of one trial's id; run experiments/fake_question.ts --dry-run " +
        "lists them",
      ],
      ["0.", "Cannot export 0.: --trial must be the beginning of one trial's id, found 0.1-0, 0.2-0, 0.3-0"],
      [
        "0.3",
        "Cannot export 0.3-0: it must have trained to its end, found it failed, its worker died",
      ],
    ];
    for (const [id, message] of cases) {
      assertEquals((await assertRejects(() => pickTrial(plan, { id }), InputError)).message, message);
    }
  }),
);

const ACTION = "Cannot export the winner of fake_question: ";

Deno.test(
  "pickTrial() throws when trials are pending, and there is no winner yet",
  withJournal(ENDED.slice(0, 3), async (plan) => {
    assertEquals(
      (await assertRejects(() => pickTrial(plan, {}), InputError)).message,
      `${ACTION}every trial must have ended, found 2 of 3 pending; run experiments/fake_question.ts, or name a trial ` +
        "with --trial",
    );
    assertEquals(
      (await assertRejects(() => pickTrial(plan, { id: "0.2" }), InputError)).message,
      "Cannot export 0.2-0: it must have trained to its end, found it pending",
    );
  }),
);

Deno.test(
  "pickTrial() throws when no point is done, or nothing has run here",
  withJournal(
    ["0.1-0", "0.2-0", "0.3-0"].map((trial) => ({ type: "failed", trial, reason: "out of memory" })),
    async (plan) => {
      assertEquals(
        (await assertRejects(() => pickTrial(plan, {}), InputError)).message,
        `${ACTION}no point has all its repeats done; name a trial with --trial`,
      );
      const elsewhere = fakePlan(`${plan.folder}/none`);
      assertEquals(
        (await assertRejects(() => pickTrial(elsewhere, {}), InputError)).message,
        `Cannot export from fake_question: there is no journal and no summary in ${plan.folder}/none; run ` +
          "experiments/fake_question.ts",
      );
    },
  ),
);
