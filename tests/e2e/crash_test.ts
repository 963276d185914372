import { assert, assertEquals, assertMatch } from "@std/assert";
import { InputError } from "../../lib/core/errors.ts";
import { openStream } from "../../lib/core/random.ts";
import { spawnSandboxed } from "../../lib/engine/spawn_sandboxed.ts";
import { workersEngine } from "../../lib/engine/workers.ts";
import { runExperiment, type RunOptions } from "../../lib/runner/run_experiment.ts";
import { committedFiles, EXPERIMENT, inSandbox, type Sandbox } from "../runner/fakes.ts";
import { atWork, finish, type Workplace } from "./workplace.ts";

const SEED = Deno.env.get("SEEDBED_TEST_SEED") ?? "231";
const MIN_KILLS = 20;

/** Twelve trials, of which two diverge. */
const RATES = { "[0.001, 0.1, 1e30]": "[0.001, 0.01, 0.03, 0.1, 0.3, 1e30]" };

/** The same as a file whose run takes a few seconds. */
const SLOW = Object.entries({
  ...RATES,
  "[8]": "[150]",
  "train: 60": "train: 2000",
  "epochs: 2": "epochs: 6",
}).reduce((text, [from, to]) => text.replace(from, to), EXPERIMENT);

/** Returns the names of all files below a folder. */
async function fileNames(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) names.push(...(await fileNames(`${folder}/${name}`)).map((inner) => `${name}/${inner}`));
    else names.push(name);
  }
  return names.sort();
}

async function countRecords(journal: string): Promise<number> {
  try {
    return (await Deno.readTextFile(journal)).split("\n").length - 1;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

function sleep(timeMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, timeMs));
}

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
    while (await countRecords(`${folder}/results/blobs_rate/journal.jsonl`) === 0) await sleep(1);
    // It must not end before the second has looked.
    first.kill("SIGSTOP");
    const second = await run("run", "experiments/blobs_rate.ts");
    first.kill("SIGCONT");
    assertEquals(second.code, 2);
    assertEquals(
      second.error,
      "error: Cannot open results/blobs_rate/journal.jsonl: one run at a time may write it, found process " +
        `${first.pid} on ${Deno.hostname()} at work\n`,
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

/** Runs undisturbed; returns the committed files and the journal. */
async function undisturbed({ folder, load, options }: Sandbox) {
  const whole = await runExperiment(await load(RATES), options({ resultsDir: `${folder}/whole` }));
  return {
    files: await committedFiles(whole.folder),
    journal: await Deno.readFile(`${whole.folder}/journal.jsonl`),
    folder: whole.folder,
  };
}

Deno.test(
  "runExperiment() ends in the bytes of an undisturbed run when it broke off at any journal boundary",
  inSandbox(async (sandbox) => {
    const { folder, load, options } = sandbox;
    const { files } = await undisturbed(sandbox);
    const loaded = await load(RATES);
    let boundary = 0;
    for (let isWhole = false; !isWhole; boundary++) {
      const settings = options({ resultsDir: `${folder}/${boundary}`, checkpointEvery: 1 });
      let told = 0;
      const observe: RunOptions["observe"] = ({ type }) => {
        if ((type === "epoch" || type === "ended") && told++ === boundary) throw new Error("broken off");
      };
      isWhole = await runExperiment(loaded, { ...settings, observe }).then(() => true, ({ message }) => {
        assertEquals(message, "broken off");
        return false;
      });
      const { folder: results } = await runExperiment(loaded, settings);
      assertEquals(await committedFiles(results), files, `broken off at boundary ${boundary}`);
      assertEquals((await fileNames(results)).filter((name) => /\.part$|checkpoint|lock/.test(name)), []);
    }
    // Ten trials of three epochs and an end; of those that diverge the first epoch and the end.
    assertEquals(boundary, 10 * 4 + 2 * 2 + 1);
  }),
);

Deno.test(
  "runExperiment() ends in the bytes of an undisturbed run when the journal is cut at any byte of its last records",
  inSandbox(async (sandbox) => {
    const { load, options } = sandbox;
    const { files, journal, folder } = await undisturbed(sandbox);
    const loaded = await load(RATES);
    const last = journal.lastIndexOf(0x0a, journal.length - 2) + 1;
    const beforeLast = journal.lastIndexOf(0x0a, last - 2) + 1;
    for (let length = beforeLast; length < journal.length; length++) {
      await Deno.writeFile(`${folder}/journal.jsonl`, journal.subarray(0, length));
      await Deno.remove(`${folder}/report.md`);
      await runExperiment(loaded, options({ resultsDir: folder.replace("/blobs_rate", "") }));
      assertEquals(await committedFiles(folder), files, `cut at byte ${length} of ${journal.length}`);
      assertEquals(await Deno.readFile(`${folder}/journal.jsonl`), journal);
    }
  }),
);

Deno.test(
  `runExperiment() ends in the bytes of an undisturbed run, or refuses until --fresh, when a bit flips, seed ${SEED}`,
  inSandbox(async (sandbox) => {
    const { load, options } = sandbox;
    const { files, journal, folder } = await undisturbed(sandbox);
    const loaded = await load(RATES);
    const settings = options({ resultsDir: folder.replace("/blobs_rate", "") });
    const random = openStream(`${SEED}/crash/flips`);
    let refused = 0;
    for (let trial = 0; trial < 40; trial++) {
      const at = trial < 10 ? journal.length - 1 - random.below(150) : random.below(journal.length);
      await Deno.writeFile(`${folder}/journal.jsonl`, journal.with(at, journal[at] ^ (1 << random.below(8))));
      await Deno.remove(`${folder}/report.md`);
      try {
        await runExperiment(loaded, settings);
      } catch (error) {
        assert(
          error instanceof InputError && /^Cannot read .*; --fresh moves/.test(error.message),
          String(error),
        );
        refused++;
        await runExperiment(loaded, { ...settings, fresh: true });
      }
      assertEquals(await committedFiles(folder), files, `bit of byte ${at} flipped`);
    }
    assert(refused > 0 && refused < 40, `${refused} of 40 were refused`);
  }),
);

Deno.test(
  "runExperiment() ends in the bytes of an undisturbed run when workers exit, hang and throw",
  inSandbox(async (sandbox) => {
    const { load, options } = sandbox;
    const { files } = await undisturbed(sandbox);
    const faults = ["throws", "hangs", "exits", "rejects"];
    let spawned = 0;
    const engine = workersEngine({
      workers: 2,
      retries: 9,
      maxSilenceMs: 3000,
      spawn: () => {
        const fault = faults[spawned++];
        const module = fault === undefined
          ? "../../lib/engine/trial_worker.ts"
          : "../engine/faulty_worker.ts";
        return spawnSandboxed(new URL(module, import.meta.url), { name: fault ?? "real" });
      },
    });
    const notes: string[] = [];
    const observe: RunOptions["observe"] = (event) => {
      if (event.type === "note") notes.push(event.message.replace(/^Trial [0-9a-f]{16}/, "Trial ID"));
    };
    const { folder } = await runExperiment(await load(RATES), options({ engine, observe }));
    assertEquals(await committedFiles(folder), files);
    // On a busy machine a sound worker may be slow to start, and is lost too.
    assert(notes.length >= 4, `${notes.length} workers were lost`);
    assertEquals(notes.filter((note) => !note.startsWith("Trial ID is run again: its worker ")), []);
  }),
);
