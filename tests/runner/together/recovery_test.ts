// Several sources together: a whole run behind lost checkpoints, full disks, too little memory and changed data.
import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { LoadedExperiment } from "../../../lib/runner/plan/load_experiment.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import type { RunOptions } from "../../../lib/runner/run/run_options.ts";
import { namesIn } from "../../helpers/names_in.ts";
import { committedFiles, inSandbox, recorder, type Sandbox } from "../fakes.ts";

const LONG = { "epochs: 2": "epochs: 6", "[0.001, 0.1, 1e30]": "[0.001, 0.1]" };

/** Interrupts a run behind an epoch of its first trial. */
async function stopBehind(epoch: number, loaded: LoadedExperiment, options: RunOptions): Promise<string> {
  const controller = new AbortController();
  const { folder } = await runExperiment(loaded, {
    ...options,
    signal: controller.signal,
    observe: (event) => {
      if (event.type === "epoch" && event.event.epoch === epoch) controller.abort();
    },
  });
  return folder;
}

/** Goes on with a run; returns the first epoch that it measured, and its committed files. */
async function goOn(loaded: LoadedExperiment, options: RunOptions) {
  const { events, observe } = recorder();
  const { folder } = await runExperiment(loaded, { ...options, observe });
  const first = events.find((event) => event.type === "epoch")?.event.epoch;
  assertEquals(await namesIn(`${folder}/checkpoints`), []);
  return { first, files: await committedFiles(folder) };
}

async function undisturbed({ folder, load, options }: Sandbox) {
  const whole = await runExperiment(await load(LONG), options({ resultsDir: `${folder}/whole` }));
  return await committedFiles(whole.folder);
}

Deno.test(
  "runExperiment() goes on behind the last checkpoint, to the bytes of an unbroken run",
  inSandbox(async (sandbox) => {
    const { folder, load, options } = sandbox;
    const expected = await undisturbed(sandbox);
    for (const [checkpointEvery, epoch, first] of [[1, 1, 2], [1, 5, 6], [2, 5, 5], [4, 3, 0]]) {
      const settings = options({ checkpointEvery, resultsDir: `${folder}/${checkpointEvery}_${epoch}` });
      await stopBehind(epoch, await load(LONG), settings);
      assertEquals(await goOn(await load(LONG), settings), { first, files: expected });
    }
  }),
);

/** What may have become of a checkpoint. */
const DAMAGES: Readonly<Record<string, (file: Uint8Array) => Uint8Array>> = {
  "is empty": () => new Uint8Array(),
  "is cut short": (file) => file.slice(0, -1),
  "has another byte in its first line": (file) => file.with(20, file[20] ^ 1),
  "has another byte in its head": (file) => file.with(120, file[120] ^ 1),
  "has another byte at its end": (file) => file.with(file.length - 1, file[file.length - 1] ^ 1),
};

for (const [what, damage] of Object.entries(DAMAGES)) {
  Deno.test(
    `runExperiment() starts a trial over when its checkpoint ${what}`,
    inSandbox(async (sandbox) => {
      const { load, options } = sandbox;
      const settings = options({ checkpointEvery: 1 });
      const folder = await stopBehind(3, await load(LONG), settings);
      const [name] = await namesIn(`${folder}/checkpoints`);
      const path = `${folder}/checkpoints/${name}`;
      await Deno.writeFile(path, damage(await Deno.readFile(path)));
      assertEquals(await goOn(await load(LONG), settings), { first: 0, files: await undisturbed(sandbox) });
    }),
  );
}

Deno.test(
  "runExperiment() starts a trial over when its checkpoint is that of another, or the journal lacks its epochs",
  inSandbox(async (sandbox) => {
    const { folder, load, options } = sandbox;
    const expected = await undisturbed(sandbox);
    const settings = options({ checkpointEvery: 1 });
    const results = await stopBehind(3, await load(LONG), settings);
    const [name] = await namesIn(`${results}/checkpoints`);
    const other = await load({ ...LONG, "seed: 7": "seed: 8" });
    const others = options({ checkpointEvery: 1, resultsDir: `${folder}/other` });
    const otherResults = await stopBehind(3, other, others);
    const [otherName] = await namesIn(`${otherResults}/checkpoints`);
    const checkpoint = await Deno.readFile(`${results}/checkpoints/${name}`);
    await Deno.writeFile(`${otherResults}/checkpoints/${otherName}`, checkpoint);
    assertEquals((await goOn(other, others)).first, 0);
    // The last epoch's line is lost with a power cut, say.
    const journal = await Deno.readTextFile(`${results}/journal.jsonl`);
    await Deno.writeTextFile(`${results}/journal.jsonl`, journal.replace(/[^\n]+\n$/, ""));
    assertEquals(await goOn(await load(LONG), settings), { first: 0, files: expected });
    await stopBehind(3, await load(LONG), { ...settings, fresh: true });
    assertEquals(await goOn(await load(LONG), { ...settings, fresh: true }), { first: 0, files: expected });
  }),
);

Deno.test(
  "runExperiment() makes checkpoints of its own accord once a trial has run for 30 s, at most one a second",
  inSandbox(async ({ folder, load, options }) => {
    const loaded = await load({ ...LONG, "repeats: 2": "repeats: 1", "[0.001, 0.1]": "[0.1]" });
    // How long each epoch takes, and which epoch the checkpoint is of behind it, -1 for none.
    const cases: readonly (readonly [string, readonly number[], readonly number[]])[] = [
      ["slow", Array(7).fill(10_000), [-1, -1, -1, 3, 4, 5, 5]],
      ["fast", [40_000, 300, 300, 300, 300, 300, 300], [-1, 1, 1, 1, 1, 5, 5]],
    ];
    for (const [name, durationsMs, expected] of cases) {
      let nowMs = 0;
      const seen: number[] = [];
      const resultsDir = `${folder}/${name}`;
      const observe: RunOptions["observe"] = (event) => {
        if (event.type !== "epoch") return;
        seen.push(savedEpoch(`${resultsDir}/blobs_rate/checkpoints/${event.event.trial}.bin`));
        nowMs += durationsMs[event.event.epoch];
      };
      await runExperiment(loaded, options({ resultsDir, clock: () => nowMs, observe }));
      assertEquals(seen, expected);
    }
  }),
);

function savedEpoch(path: string): number {
  try {
    return Number(Deno.readTextFileSync(path).match(/"epoch":(\d+)/)![1]);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return -1;
    throw error;
  }
}

for (
  const file of [
    "trials.csv",
    "history.csv",
    "summary.json",
    "report.md",
    "report.html",
    "figure_accuracy.svg",
    "environment.json",
    "journal.jsonl",
  ]
) {
  Deno.test({
    name:
      `runExperiment() stops with the path and the reason when the disk is full at ${file}, and goes on later`,
    ignore: Deno.build.os !== "linux",
    fn: inSandbox(async (sandbox) => {
      const { resultsDir, load, options } = sandbox;
      const folder = `${resultsDir}/blobs_rate`;
      await Deno.mkdir(folder, { recursive: true });
      // A device that takes no byte stands for the disk.
      const target = file === "journal.jsonl" ? `${folder}/${file}` : `${folder}/${file}.part`;
      await Deno.symlink("/dev/full", target);
      const loaded = await load(LONG);
      await assertRejects(
        () => runExperiment(loaded, options()),
        InputError,
        `Cannot write ${folder}/${file}: No space left on device (os error 28)`,
      );
      if (file === "journal.jsonl") await Deno.remove(target);
      assertEquals((await namesIn(folder)).includes(`${file}.part`), false);
      const { folder: results } = await runExperiment(loaded, options());
      assertEquals(await committedFiles(results), await undisturbed(sandbox));
    }),
  });
}

Deno.test(
  "runExperiment() stops with the path and the reason when the results cannot be written",
  inSandbox(async ({ resultsDir, load, options }) => {
    await Deno.mkdir(resultsDir);
    await Deno.writeTextFile(`${resultsDir}/blobs_rate`, "a file where a folder must be");
    const loaded = await load();
    const error = await assertRejects(() => runExperiment(loaded, options()), InputError);
    assertEquals(error.message.startsWith(`Cannot write ${resultsDir}/blobs_rate/`), true, error.message);
  }),
);

Deno.test(
  "runExperiment() refuses with numbers and writes nothing when memory cannot hold the trials",
  inSandbox(async ({ resultsDir, load, options }) => {
    const small = await load();
    const huge = await load({ "[8]": "[2000000]" });
    const cases: readonly (readonly [LoadedExperiment, Partial<RunOptions>, string])[] = [
      [
        small,
        { workers: 3, availableBytes: 70e6 },
        "Cannot run trials: 3 workers take about 91 MB of memory, found 70 MB; --workers 2 fits",
      ],
      [
        huge,
        { workers: 1, availableBytes: 100e6 },
        "Cannot run trials: 1 worker takes about 735 MB of memory, found 100 MB; use a smaller net or batch",
      ],
    ];
    for (const [loaded, changes, message] of cases) {
      const error = await assertRejects(() => runExperiment(loaded, options(changes)), InputError);
      assertEquals(error.message, message);
    }
    await assertRejects(() => Deno.stat(resultsDir), Deno.errors.NotFound);
    assertEquals(
      (await runExperiment(small, options({ workers: 3, availableBytes: 100e6 }))).status,
      "complete",
    );
  }),
);

Deno.test(
  "runExperiment() refuses a journal of other data until it is set aside",
  inSandbox(async ({ load, options }) => {
    const { folder } = await runExperiment(await load(), options());
    const changed = await load({ "spread: 0.4": "spread: 0.5" });
    const error = await assertRejects(() => runExperiment(changed, options()), InputError);
    assertEquals(
      error.message.replaceAll(/(data|now) [0-9a-f]{16}/g, "$1 DIGEST"),
      `Cannot resume from ${folder}/journal.jsonl: nothing in it can be reused, its trials ran on data DIGEST, ` +
        "which are now DIGEST; --fresh keeps the file under another name and starts over",
    );
    assertEquals((await runExperiment(changed, options({ fresh: true }))).ended, 6);
    assertEquals((await namesIn(folder)).filter((name) => name.startsWith("journal")), [
      "journal.1.jsonl",
      "journal.jsonl",
    ]);
  }),
);

Deno.test(
  "runExperiment() says how many trials of the journal a narrower grid leaves out",
  inSandbox(async ({ load, options }) => {
    await runExperiment(await load(), options());
    const { events, observe } = recorder();
    await runExperiment(await load({ "[0.001, 0.1, 1e30]": "[0.1]" }), options({ observe }));
    assertEquals(events[0], {
      type: "note",
      message: "4 of the journal's trials are not in this grid; they are kept and left out.",
    });
  }),
);

Deno.test(
  "runExperiment() trains a winner whose weights are lost again on workers, whatever the run's own settings",
  inSandbox(async (sandbox) => {
    const { load, options } = sandbox;
    const settings = options({ engine: undefined, checkpointEvery: 1, retries: 0, trialTimeoutMs: 600_000 });
    const { folder } = await runExperiment(await load(LONG), settings);
    const journal = await Deno.readTextFile(`${folder}/journal.jsonl`);
    const untested = journal.split("\n").filter((line) => !line.includes('"type":"test"')).join("\n");
    await Deno.writeTextFile(`${folder}/journal.jsonl`, untested);
    await Deno.remove(`${folder}/weights`, { recursive: true });
    await runExperiment(await load(LONG), settings);
    assertEquals(await committedFiles(folder), await undisturbed(sandbox));
    assertEquals((await namesIn(`${folder}/weights`)).length, 2);
  }),
);
