// Several sources together: a whole run that is broken off, or whose journal is cut or damaged, and the run after it.
import { assert, assertEquals } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { spawnSandboxed } from "../../../lib/engine/threads/spawn_sandboxed.ts";
import { workersEngine } from "../../../lib/engine/threads/workers.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import type { RunOptions } from "../../../lib/runner/run/run_options.ts";
import { committedFiles, fileNames, inSandbox, type Sandbox, TWELVE_TRIALS } from "../fakes.ts";

const SEED = Deno.env.get("SEEDBED_TEST_SEED") ?? "231";

/** Bytes from the ends of a record at which a journal is cut at each byte, and the distance of cuts elsewhere. */
const [NEAR, STRIDE] = [25, 11];

/** Runs undisturbed; returns the committed files and the journal. */
async function undisturbed({ folder, load, options }: Sandbox) {
  const whole = await runExperiment(await load(TWELVE_TRIALS), options({ resultsDir: `${folder}/whole` }));
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
    const loaded = await load(TWELVE_TRIALS);
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
  "runExperiment() ends in the bytes of an undisturbed run when the journal is cut within its last records",
  inSandbox(async (sandbox) => {
    const { load, options } = sandbox;
    const { files, journal, folder } = await undisturbed(sandbox);
    const loaded = await load(TWELVE_TRIALS);
    const last = journal.lastIndexOf(0x0a, journal.length - 2) + 1;
    const beforeLast = journal.lastIndexOf(0x0a, last - 2) + 1;
    const isNearEnd = (length: number) =>
      length - beforeLast < NEAR || journal.length - length < NEAR ||
      Math.abs(length - last) < NEAR;
    // Within a record, a byte more or less makes no difference.
    for (let length = beforeLast; length < journal.length; length += isNearEnd(length) ? 1 : STRIDE) {
      await Deno.writeFile(`${folder}/journal.jsonl`, journal.subarray(0, length));
      await Deno.remove(`${folder}/report.md`);
      await runExperiment(loaded, options({ resultsDir: folder.replace("/blobs_rate", "") }));
      assertEquals(await committedFiles(folder), files, `cut at byte ${length} of ${journal.length}`);
      assertEquals(await Deno.readFile(`${folder}/journal.jsonl`), journal);
    }
  }),
);

Deno.test(
  `runExperiment() ends in the bytes of an undisturbed run, or refuses until --salvage or --fresh, when a bit flips, seed ${SEED}`,
  inSandbox(async (sandbox) => {
    const { load, options } = sandbox;
    const { files, journal, folder } = await undisturbed(sandbox);
    const loaded = await load(TWELVE_TRIALS);
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
          error instanceof InputError && /^Cannot read .*; run --salvage keeps/.test(error.message),
          String(error),
        );
        refused++;
        await runExperiment(loaded, {
          ...settings,
          ...trial % 2 === 0 ? { salvage: true } : { fresh: true },
        });
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
          ? "../../../lib/engine/threads/trial_worker.ts"
          : "../../engine/faulty_worker.ts";
        return spawnSandboxed(new URL(module, import.meta.url), { name: fault ?? "real" });
      },
    });
    const notes: string[] = [];
    const observe: RunOptions["observe"] = (event) => {
      if (event.type === "note") notes.push(event.message.replace(/^Trial [0-9a-f]{16}/, "Trial ID"));
    };
    const { folder } = await runExperiment(await load(TWELVE_TRIALS), options({ engine, observe }));
    assertEquals(await committedFiles(folder), files);
    // On a busy machine a sound worker may be slow to start, and is lost too.
    assert(notes.length >= 4, `${notes.length} workers were lost`);
    assertEquals(notes.filter((note) => !note.startsWith("Trial ID is run again: its worker ")), []);
  }),
);
