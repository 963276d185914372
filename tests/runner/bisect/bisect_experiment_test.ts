import { assert, assertEquals } from "@std/assert";
import { type BisectAnswer, bisectExperiment } from "../../../lib/runner/bisect/bisect_experiment.ts";
import { LAUNCHER } from "../../e2e/linked_project.ts";
import { commitAll, FILE, inRepository, type Repository } from "../../e2e/repository.ts";
import { needing } from "../../setup/needing.ts";

const HOUR_MS = 3_600_000;

/** Searches as if each run took an hour, so that whole runs are to be avoided. */
async function search({ folder }: Repository, good: string): Promise<BisectAnswer> {
  let now = 0;
  const answer = await bisectExperiment(`${folder}/${FILE}`, {
    good,
    bad: "HEAD",
    what: "bits",
    launcher: LAUNCHER,
    signal: new AbortController().signal,
    clock: () => now += HOUR_MS,
    observe: () => {},
  });
  assert(answer !== null);
  return answer;
}

async function commit({ folder }: Repository, path: string, text: string): Promise<void> {
  await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
  await Deno.writeTextFile(`${folder}/${path}`, text);
  await commitAll(folder, { message: `${path}: ${text.length}` });
}

async function commitNotes(repository: Repository, count: number): Promise<void> {
  for (let note = 0; note < count; note++) await commit(repository, "notes.md", await nextNote(repository));
}

async function nextNote({ folder }: Repository): Promise<string> {
  const text = await Deno.readTextFile(`${folder}/notes.md`).catch(() => "");
  return `${text}more\n`;
}

/** Makes a history of 16 commits: the learning rate of a trial of 30 epochs falls from its second epoch on. */
async function makeHistory(repository: Repository, launcherText: string | null): Promise<string> {
  const text = (await repository.read(FILE)).replace("epochs: 3", "epochs: 30");
  await commit(repository, FILE, text);
  await repository.git("tag", "good");
  await commitNotes(repository, 4);
  if (launcherText !== null) await commit(repository, "lib/cli/launch.ts", launcherText);
  await commitNotes(repository, 5);
  await commit(repository, FILE, text.replace("epochs: 30", "epochs: 30, lrDecay: 0.5"));
  const changed = (await repository.git("rev-parse", "HEAD")).trim();
  await commitNotes(repository, 5);
  return changed;
}

Deno.test(
  needing(
    "git",
    "bisectExperiment() runs no more epochs than show the change, and the commit and its parent whole",
  ),
  inRepository(async (repository) => {
    const changed = await makeHistory(repository, null);
    const { commits, change, runs, searched } = await search(repository, "good");
    assertEquals([commits.map(({ commit }) => commit), searched], [[changed], 15]);
    assertEquals([change?.parting?.epoch, change?.location], [2, { epoch: 2, step: 1, tensor: "W1" }]);
    assertEquals(change?.declared, [{ field: "solver.lrDecay", before: "1", after: "0.5" }]);
    // Both ends, the good one once more, four commits, the commit and its parent.
    assertEquals(runs, 2 + 1 + 4 + 2);
  }),
);

/** Seedbed as it would be if a run of fewer epochs were not the beginning of a longer one: some runs have another seed. */
const oddLauncher = (isOdd: string) =>
  `const isShort = Deno.args.some((text) => text.startsWith("solver.epochs="));
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["run", "--allow-all", ${
    JSON.stringify(LAUNCHER)
  }, ...Deno.args, ...${isOdd} ? ["--set", "seed=99"] : []],
  stdout: "inherit",
  stderr: "inherit",
}).output();
Deno.exit(code);
`;

Deno.test(
  needing("git", "bisectExperiment() runs trials whole where fewer epochs show another change"),
  inRepository(async (repository) => {
    const changed = await makeHistory(repository, oddLauncher("isShort"));
    const { commits, change, runs } = await search(repository, "good");
    assertEquals(commits.map(({ commit }) => commit), [changed]);
    assertEquals(change?.parting?.epoch, 2);
    // Short runs name the commit of the launcher, which has the bits of its parent when it is run whole.
    assertEquals(runs, 2 + 1 + 4 + 2 + 4);
  }),
);

Deno.test(
  needing("git", "bisectExperiment() runs trials whole where fewer epochs do not show the first change"),
  inRepository(async (repository) => {
    await makeHistory(repository, oddLauncher('!isShort && Deno.args[0] === "run"'));
    const { commits, change } = await search(repository, "good");
    assertEquals(commits.map(({ subject }) => subject.replace(/:.*/, "")), ["lib/cli/launch.ts"]);
    assertEquals([change?.isFirst, change?.parting?.epoch], [true, 0]);
  }),
);

Deno.test(
  needing("git", "bisectExperiment() prefers a trial whose committed results differ"),
  inRepository(async (repository) => {
    const { folder, git, run } = repository;
    await git("tag", "good");
    // The cheapest points come first otherwise.
    const text = (await repository.read(FILE)).replace(
      "learningRate: rate",
      "learningRate: rate === 0.1 ? 0.2 : rate",
    );
    await Deno.writeTextFile(`${folder}/${FILE}`, text);
    assertEquals((await run("baseline", FILE, "--reason", "x", "--allow-dirty")).code, 0);
    await commitAll(folder, { message: "faster" });
    const { trial, runs, commits } = await search(repository, "good");
    assertEquals([trial, commits.length], [{ point: { rate: 0.1, hidden: 8 }, repeat: 0 }, 1]);
    assertEquals(runs, 2);
  }),
);
