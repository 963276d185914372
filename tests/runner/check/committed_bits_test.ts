import { assertEquals } from "@std/assert";
import { trialsCsv } from "../../../lib/report/files/trials_csv.ts";
import type { Summary, TrialResult } from "../../../lib/report/summary/summary.ts";
import { compareCommitted } from "../../../lib/runner/check/committed_bits.ts";
import { commitAll } from "../../e2e/repository.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { fakeStory } from "../../report/fakes.ts";
import { needing } from "../../setup/needing.ts";

const { summary } = fakeStory({ rates: 4, epochs: 1 });

function changed(change: (trial: TrialResult, index: number) => Partial<TrialResult>): Summary {
  return {
    ...summary,
    trials: summary.trials.map((trial, index) => ({ ...trial, ...change(trial, index) })),
  };
}

Deno.test(
  needing("git", "compareCommitted() compares trials with the last commit, whatever the files are now"),
  inFolder(async (repository) => {
    const folder = `${repository}/results/fake_story`;
    await Deno.mkdir(folder, { recursive: true });
    const path = `${folder}/trials.csv`;
    const none = { bits: null, isToCommit: false };
    assertEquals(await compareCommitted({ folder, summary }), none);
    await Deno.writeTextFile(`${repository}/.gitignore`, "");
    await commitAll(repository, { message: "nothing" });
    await Deno.writeTextFile(path, trialsCsv(summary));
    assertEquals(await compareCommitted({ folder, summary }), { bits: null, isToCommit: true });
    await commitAll(repository, { message: "results" });
    await Deno.writeTextFile(path, "other");

    const bits = async (now: Summary) => (await compareCommitted({ folder, summary: now })).bits;
    const { length } = summary.trials;
    const ids = summary.trials.map(({ trial }) => trial);
    const same = { compared: length, different: [], added: 0 };
    assertEquals(await compareCommitted({ folder, summary }), { bits: same, isToCommit: true });
    const cases: readonly (readonly [ReturnType<typeof changed>, unknown])[] = [
      [changed(() => ({ weightsSha256: "other" })), { ...same, different: ids }],
      [changed((_, index) => index === 1 ? { bestValidationAccuracy: 0.125 } : {}), {
        ...same,
        different: [ids[1]],
      }],
      [changed(({ testAccuracy }) => testAccuracy === null ? {} : { testAccuracy: 0 }), {
        ...same,
        different: summary.winner!.trials,
      }],
      [changed(() => ({ testAccuracy: null })), same],
      [changed((trial, index) => index === 0 ? { status: "failed" } : trial), {
        ...same,
        compared: length - 1,
      }],
      [changed(({ trial }, index) => index < 2 ? { trial: `new-${trial}` } : {}), {
        ...same,
        compared: length - 2,
        added: 2,
      }],
    ];
    for (const [now, expected] of cases) assertEquals(await bits(now), expected);
  }),
);

Deno.test(
  needing("git", "compareCommitted() compares nothing with a committed file that is damaged"),
  inFolder(async (repository) => {
    const folder = `${repository}/results/fake_story`;
    await Deno.mkdir(folder, { recursive: true });
    for (const text of ["", 'a,"b', "a,b\n1,2\n", "trial,weights_sha256\n1\n"]) {
      await Deno.writeTextFile(`${folder}/trials.csv`, text);
      await commitAll(repository, { message: "damaged" });
      assertEquals((await compareCommitted({ folder, summary })).bits, null);
    }
  }),
);
