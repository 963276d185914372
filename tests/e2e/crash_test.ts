import { assert, assertEquals, assertMatch } from "@std/assert";
import { openStream } from "../../lib/core/numbers/random.ts";
import { countRecords } from "../helpers/count_records.ts";
import { sleep } from "../helpers/sleep.ts";
import { until } from "../helpers/until.ts";
import { committedFiles, EXPERIMENT, fileNames, TWELVE_TRIALS } from "../runner/fakes.ts";
import { atWork, finish, type Workplace } from "./workplace.ts";

const SEED = Deno.env.get("SEEDBED_TEST_SEED") ?? "231";
const MIN_KILLS = 20;

/** An experiment of twelve trials, of which two diverge, whose run takes a few seconds. */
const SLOW = Object.entries({
  ...TWELVE_TRIALS,
  "[8]": "[150]",
  "train: 60": "train: 2000",
  "epochs: 2": "epochs: 6",
}).reduce((text, [from, to]) => text.replace(from, to), EXPERIMENT);

/** Starts the run and kills it some records later; returns whether it was still there to be killed. */
async function killOnce(
  { folder, startAlone }: Workplace,
  random: ReturnType<typeof openStream>,
): Promise<boolean> {
  const journal = `${folder}/results/blobs_rate/journal.jsonl`;
  const checkpoints = random.below(2) === 0 ? [] : ["--checkpoint-every", "1"];
  const target = await countRecords(journal) + random.below(5);
  const process = startAlone("run", "experiments/blobs_rate.ts", "--workers", "2", ...checkpoints);
  let hasEnded = false;
  const ended = finish(process).then((ran) => {
    hasEnded = true;
    return ran;
  });
  while (!hasEnded && await countRecords(journal) < target) await sleep(1);
  await sleep(random.below(60));
  if (!hasEnded) process.kill("SIGKILL");
  const { code, error } = await ended;
  assert(code === 137 || code === 4, error);
  return code === 137;
}

Deno.test(
  `run ends in the bytes of an undisturbed run when it is killed ${MIN_KILLS} times at random moments, seed ${SEED}`,
  atWork(async (place) => {
    const { folder, run } = place;
    const random = openStream(`${SEED}/crash/kills`);
    const file = "experiments/blobs_rate.ts";
    assertEquals((await run("run", file, "--results", "whole")).code, 4);
    const whole = `${folder}/whole/blobs_rate`;
    for (let kills = 0, round = 1; kills < MIN_KILLS; round++) {
      while (kills < MIN_KILLS && await killOnce(place, random)) kills++;
      assertMatch((await run("run", file)).error, /^blobs_rate: 12 trials, /m);
      const results = `${folder}/results/blobs_rate`;
      assertEquals(
        await committedFiles(results),
        await committedFiles(whole),
        `round ${round}, ${kills} kills`,
      );
      assertEquals(await fileNames(results), await fileNames(whole));
      await Deno.remove(results, { recursive: true });
    }
  }, { experiment: SLOW }),
);

Deno.test(
  "run refuses a second run on the same folder, names the first, and lets it end undisturbed",
  atWork(async ({ folder, startAlone, run }) => {
    const first = startAlone("run", "experiments/blobs_rate.ts", "--workers", "1");
    const journal = `${folder}/results/blobs_rate/journal.jsonl`;
    await until("the first record", async () => await countRecords(journal) > 0);
    // It must not end before the second has looked.
    first.kill("SIGSTOP");
    const second = await run("run", "experiments/blobs_rate.ts");
    first.kill("SIGCONT");
    assertEquals(second.code, 2);
    assertEquals(
      second.error,
      "error: Cannot open results/blobs_rate/journal.jsonl: only one run at a time may write it, found process " +
        `${first.pid} on ${Deno.hostname()} writing it\n`,
    );
    assertEquals((await finish(first)).code, 4);
    await run("run", "experiments/blobs_rate.ts", "--results", "whole");
    assertEquals(
      await committedFiles(`${folder}/results/blobs_rate`),
      await committedFiles(`${folder}/whole/blobs_rate`),
    );
    // Long enough for the second to start while the first is at work, also on a busy machine.
  }, { experiment: SLOW.replace("epochs: 6", "epochs: 24") }),
);
