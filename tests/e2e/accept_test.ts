import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { encodeRecord, type JournalRecord } from "../../lib/journal/journal_record.ts";
import { needing } from "../setup/needing.ts";
import { changedPaths, commitAll, FILE, inRepository, type Repository } from "./repository.ts";
import { zipSync } from "./zip_package.ts";

const RESULTS = "results/blobs_rate";
const KEPT = ".git/kept";
const ZIP = ".git/artifact.zip";
const FASTER = { "learningRate: rate": "learningRate: 2 * rate" };
const REASON = ["--reason", "faster"] as const;

/** Runs a test in a repository whose file changed, and whose changed results a check in CI has kept. */
function afterCheck(test: (repository: Repository) => Promise<void>): () => Promise<void> {
  return inRepository(async (repository) => {
    await repository.edit(FILE, FASTER);
    await commitAll(repository.folder, { message: "faster" });
    const { code, error } = await repository.runInCi("check", FILE, "--keep", KEPT);
    assertEquals(code, 1, error);
    await test(repository);
  });
}

async function filesBelow(folder: string, path = ""): Promise<Readonly<Record<string, Uint8Array>>> {
  const files: Record<string, Uint8Array> = {};
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) Object.assign(files, await filesBelow(`${folder}/${name}`, `${path}${name}/`));
    else files[path + name] = await Deno.readFile(`${folder}/${name}`);
  }
  return files;
}

/** Zips what was kept, below a folder of its own as CI does, with more files or others. */
async function zipKept(
  { folder }: Repository,
  more: Readonly<Record<string, Uint8Array>> = {},
): Promise<void> {
  await Deno.writeFile(
    `${folder}/${ZIP}`,
    zipSync({ ...await filesBelow(`${folder}/${KEPT}`, "kept/"), ...more }),
  );
}

async function committedBytes({ folder, git }: Repository): Promise<Readonly<Record<string, string>>> {
  const names = (await git("ls-files", RESULTS)).trimEnd().split("\n").filter((name) =>
    !name.endsWith(".md")
  );
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, (await Deno.readFile(`${folder}/${name}`)).toBase64()] as const),
    ),
  );
}

for (const from of [KEPT, `${KEPT}/blobs_rate/..`, ZIP]) {
  Deno.test(
    needing("git", `baseline --from ${from} gives the bytes that baseline gives, and trains nothing`),
    afterCheck(async (repository) => {
      const { git, read, run, runInCi } = repository;
      await zipKept(repository);
      const ran = await run("baseline", FILE, "--from", from, ...REASON);
      assertEquals(ran.code, 0, ran.error);
      assertStringIncludes(ran.error, "blobs_rate: 4 trials, 4 with a result, 0 to run\n");
      assertStringIncludes(
        await read(`${RESULTS}/CHANGES.md`),
        `\n- accepted from ${from.split("/").at(-1)}\n`,
      );
      const accepted = await committedBytes(repository);
      await git("add", "--all");
      assertEquals((await runInCi("check", FILE)).code, 0);
      await run("baseline", FILE, "--reason", "again", "--allow-dirty");
      assertEquals(await committedBytes(repository), accepted);
    }),
  );
}

Deno.test(
  needing("git", "baseline --verify trains some of the trials again, and says so"),
  afterCheck(async ({ read, run }) => {
    const ran = await run("baseline", FILE, "--from", KEPT, "--verify", "2", "--seed", "3", ...REASON);
    assertEquals(ran.code, 0, ran.error);
    assertStringIncludes(ran.out, "  accepted from kept\n  2 trained again here, with the same bits\n");
    assertStringIncludes(
      await read(`${RESULTS}/CHANGES.md`),
      "\n- 2 trained again here, with the same bits\n",
    );
  }),
);

/** Changes a record of the kept journal, checksum and all. */
async function forge(
  { folder, read }: Repository,
  change: (record: JournalRecord) => JournalRecord | null,
): Promise<void> {
  const path = `${KEPT}/blobs_rate/journal.jsonl`;
  const records = (await read(path)).trimEnd().split("\n").map((line): JournalRecord =>
    JSON.parse(line).record
  );
  const lines = records.map(change).filter((record) => record !== null).map(encodeRecord);
  await Deno.writeTextFile(`${folder}/${path}`, lines.join(""));
}

interface Refusal {
  readonly what: string;
  readonly change: (repository: Repository) => Promise<unknown>;
  readonly args?: readonly string[];
  /** Default: 2. */
  readonly code?: number;
  readonly message: RegExp;
}

const HOLDS = "Cannot accept results of blobs_rate: ";

const REFUSALS: readonly Refusal[] = [
  {
    what: "there is no such folder or file",
    change: () => Promise.resolve(),
    args: ["--from", "nowhere"],
    message: /^error: Cannot read nowhere: there is no such folder or file\n$/,
  },
  {
    what: "the file is no zip",
    change: ({ folder }) => Deno.writeTextFile(`${folder}/${ZIP}`, "text"),
    args: ["--from", ZIP],
    message: /^error: Cannot read \.git\/artifact\.zip: it must be a folder or a zip file\n$/,
  },
  {
    what: "the zip is cut short",
    change: async (repository) => {
      await zipKept(repository);
      const bytes = await Deno.readFile(`${repository.folder}/${ZIP}`);
      await Deno.writeFile(`${repository.folder}/${ZIP}`, bytes.subarray(0, -200));
    },
    args: ["--from", ZIP],
    message: /^error: Cannot read \.git\/artifact\.zip: it is damaged or encrypted, .*\n$/,
  },
  {
    what: "a path of the zip leaves its folder",
    change: (repository) => zipKept(repository, { "../blobs_rate/journal.jsonl": new Uint8Array() }),
    args: ["--from", ZIP],
    message:
      /^error: Cannot read \.git\/artifact\.zip: its paths must lie below its folder, found "\.\.\/blobs_rate\/journal\.jsonl"\n$/,
  },
  {
    what: "it has the experiment twice",
    change: (repository) => zipKept(repository, { "other/blobs_rate/journal.jsonl": new Uint8Array() }),
    args: ["--from", ZIP],
    message: new RegExp(
      `^error: ${HOLDS}.git/artifact.zip must hold blobs_rate/journal.jsonl once, found kept/blobs_rate, other/blobs_rate\n$`,
    ),
  },
  {
    what: "it has no such experiment",
    change: ({ folder }) => Deno.remove(`${folder}/${KEPT}/blobs_rate/journal.jsonl`),
    message: new RegExp(
      `^error: ${HOLDS}.git/kept must hold blobs_rate/journal.jsonl once, found none; check --keep`,
    ),
  },
  {
    what: "a record is damaged",
    change: ({ edit }) => edit(`${KEPT}/blobs_rate/journal.jsonl`, { '"epoch":1,': '"epoch":2,' }),
    message:
      /journal\.jsonl: line \d+ is damaged, its checksum is [0-9a-f]{16}, its text gives [0-9a-f]{16}; /,
  },
  {
    what: "the last record is cut",
    change: async ({ folder, read }) => {
      const path = `${KEPT}/blobs_rate/journal.jsonl`;
      await Deno.writeTextFile(`${folder}/${path}`, (await read(path)).slice(0, -9));
    },
    message: /journal\.jsonl must end with a whole record, found \d+ bytes more\n$/,
  },
  {
    what: "an epoch is missing",
    change: (repository) =>
      forge(repository, (record) => record.type === "epoch" && record.epoch === 2 ? null : record),
    message: /journal\.jsonl: trial [0-9a-f]{16} has a result, and its epoch 2 is missing; /,
  },
  {
    what: "a trial has no result",
    change: (repository) => {
      let first = "";
      return forge(repository, (record) => {
        if (record.type === "done") first ||= record.trial;
        return record.type === "done" && record.trial === first ? null : record;
      });
    },
    message: /journal\.jsonl must have a result of all 4 trials, found none of 1 \([0-9a-f]{16}\)\n$/,
  },
  {
    what: "the experiment is another one here",
    change: async ({ edit, folder }) => {
      await edit(FILE, { "seed: 7": "seed: 8" });
      await commitAll(folder, { message: "another seed" });
    },
    message: /they must be of the experiment as it is here, [0-9a-f]{16}, found [0-9a-f]{16}: seed 7 -> 8\n$/,
  },
  {
    what: "the arithmetic is another one",
    change: (repository) =>
      forge(repository, (record) => record.type === "header" ? { ...record, numericsVersion: 2 } : record),
    message: /they must be of numerics version 1, found 2\n$/,
  },
  {
    what: "the data are others",
    change: (repository) =>
      forge(
        repository,
        (record) => record.type === "header" ? { ...record, dataDigest: "0".repeat(64) } : record,
      ),
    message: /they must be on the data that are here, [0-9a-f]{16}, found those of 0000000000000000\n$/,
  },
  {
    what: "a file is not what the journal gives",
    change: ({ edit }) => edit(`${KEPT}/blobs_rate/history.csv`, { ",2,": ",3," }),
    message: new RegExp(
      `^error: ${HOLDS}history.csv of .git/kept must be what its journal gives, found other bytes\n$`,
    ),
  },
  {
    what: "--verify has nothing to verify",
    change: () => Promise.resolve(),
    args: ["--verify", "2"],
    message: /^error: Cannot use --verify: --from must name the results whose trials are trained again\n$/,
  },
];

for (const { what, change, args = ["--from", KEPT], code = 2, message } of REFUSALS) {
  Deno.test(
    needing("git", `baseline --from refuses and leaves the results as they were when ${what}`),
    afterCheck(async (repository) => {
      await change(repository);
      const ran = await repository.run("baseline", FILE, ...args, ...REASON);
      assertEquals(ran.code, code, ran.out + ran.error);
      assertMatch(ran.error.split("\n").slice(-2).join("\n"), message);
      assertEquals(await changedPaths(repository), []);
    }),
  );
}

Deno.test(
  needing("git", "baseline --verify finds a journal that was made up, checksums and files and all"),
  afterCheck(async (repository) => {
    const { folder, run } = repository;
    await forge(
      repository,
      (record) =>
        record.type === "epoch" && record.loss !== null ? { ...record, loss: record.loss / 2 } : record,
    );
    for (const name of ["trials.csv", "history.csv", "summary.json"]) {
      await Deno.remove(`${folder}/${KEPT}/blobs_rate/${name}`);
    }
    const ran = await run("baseline", FILE, "--from", KEPT, "--verify", "1", ...REASON);
    assertEquals(ran.code, 1, ran.error);
    assertStringIncludes(
      ran.out,
      "blobs_rate: not accepted, trials that were trained again here have other bits; ",
    );
    assertStringIncludes(ran.out, "\n  history.csv: ");
    assertEquals(await changedPaths(repository), []);
  }),
);

const ONLY: readonly (readonly [what: string, args: readonly string[], hasJournal: boolean])[] = [
  ["runs here", [], true],
  ["was kept", ["--from", KEPT], true],
  ["runs here, beside committed results without a journal", [], false],
  ["was kept, beside committed results without a journal", ["--from", KEPT], false],
];

for (const [what, args, hasJournal] of ONLY) {
  Deno.test(
    needing("git", `baseline --only accepts a part that ${what}`),
    inRepository(async (repository) => {
      const { edit, folder, read, run, runInCi } = repository;
      // Only trials of one rate change.
      await edit(FILE, { "learningRate: rate": "learningRate: rate === 0.1 ? 0.2 : rate" });
      await commitAll(folder, { message: "another rate" });
      await runInCi("check", FILE, "--keep", KEPT);
      if (!hasJournal) await Deno.remove(`${folder}/${RESULTS}/journal.jsonl`);
      const ran = await run("baseline", FILE, "--only", "rate=0.1", ...args, ...REASON);
      assertEquals(ran.code, 0, ran.error);
      const changes = await read(`${RESULTS}/CHANGES.md`);
      assertStringIncludes(changes, "\n- 2 of 4 trials: rate=0.1\n");
      const accepted = await committedBytes(repository);
      assertEquals((await runInCi("check", FILE)).code, 0);
      await run("baseline", FILE, "--reason", "again", "--allow-dirty");
      assertEquals(await committedBytes(repository), accepted);
    }),
  );
}

Deno.test(
  needing("git", "baseline --only refuses where the trials that it leaves out have no result of their own"),
  afterCheck(async (repository) => {
    const ran = await repository.run("baseline", FILE, "--only", "rate=0.1", "--from", KEPT, ...REASON);
    assertEquals(ran.code, 2);
    assertMatch(
      ran.error,
      /^error: Cannot accept a part of blobs_rate: the 2 trials that --only leaves out must have a result here, found none of 2 \([0-9a-f]{16}, [0-9a-f]{16}\); baseline without --only runs all\n$/,
    );
    assert((await changedPaths(repository)).length === 0);
  }),
);
