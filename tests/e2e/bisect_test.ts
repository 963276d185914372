import { assertEquals, assertLessOrEqual, assertMatch, assertStringIncludes } from "@std/assert";
import type { BisectAnswer } from "../../lib/runner/bisect/bisect_experiment.ts";
import { needing } from "../setup/needing.ts";
import { LAUNCHER } from "./linked_project.ts";
import { commitAll, FILE, inRepository, type Repository } from "./repository.ts";

const HELPER = "experiments/_scale.ts";

const scaleText = (scale: string) => `export const scale = ${scale};\n`;

/**
 * Makes eleven more commits: the helper changes bits alone with the seventh commit, accuracies with the tenth; the fourth and
 * the ninth do not load.
 */
async function makeHistory({ folder }: Repository): Promise<void> {
  const write = (path: string, text: string) => Deno.writeTextFile(`${folder}/${path}`, text);
  const experiment = await Deno.readTextFile(`${folder}/${FILE}`);
  const scaled = `import { scale } from "./_scale.ts";\n${
    experiment.replace("learningRate: rate", "learningRate: scale * rate")
  }`;
  const commits: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "a helper": { [HELPER]: scaleText("1"), [FILE]: scaled },
    "notes 3": { "notes.md": "3\n" },
    "broken": { [HELPER]: "export const scale = ;\n" },
    "mended": { [HELPER]: scaleText("1") },
    "notes 6": { "notes.md": "6\n" },
    "a little faster": { [HELPER]: scaleText("1.000001"), "notes.md": "7\n" },
    "notes 8": { "notes.md": "8\n" },
    "broken again": { [HELPER]: "export const scal = 1;\n" },
    "much faster": { [HELPER]: scaleText("30") },
    "notes 11": { "notes.md": "11\n" },
    "notes 12": { "notes.md": "12\n" },
  };
  for (const [message, files] of Object.entries(commits)) {
    for (const [path, text] of Object.entries(files)) await write(path, text);
    await commitAll(folder, { message });
  }
}

/** What a search must leave as it was. */
async function userState({ git }: Repository): Promise<readonly string[]> {
  return [
    await git("worktree", "list"),
    await git("status", "--porcelain", "--untracked-files=all"),
    await git("for-each-ref"),
    await git("stash", "list"),
    await git("symbolic-ref", "HEAD"),
  ];
}

async function searchJson({ run }: Repository, ...args: readonly string[]): Promise<BisectAnswer> {
  const { code, out, error } = await run("bisect", FILE, "--json", ...args);
  assertEquals(code, 1, error);
  assertEquals(out.split("\n").length, 2);
  return JSON.parse(out);
}

async function short({ git }: Repository, revision: string): Promise<string> {
  return (await git("rev-parse", "--short=12", revision)).trim();
}

const subjects = (commits: readonly { readonly subject: string }[]) => commits.map(({ subject }) => subject);

Deno.test(
  needing(
    "git",
    "bisect names the commit that changed a bit, and where, and leaves the repository as it was",
  ),
  inRepository(async (repository) => {
    await makeHistory(repository);
    const { folder, git, run } = repository;
    // What the user is at is not touched.
    await Deno.writeTextFile(`${folder}/notes.md`, "an edit\n");
    await git("add", "notes.md");
    await Deno.writeTextFile(`${folder}/${FILE}`, "throw 1;\n");
    const before = await userState(repository);
    const { code, out, error } = await run("bisect", FILE, "--good", "HEAD~11");
    assertEquals([code, await userState(repository)], [1, before], error);
    const [commit, date] = (await git("show", "-s", "--format=%H %aI", "HEAD~5")).trim().split(" ");
    const broken = await short(repository, "HEAD~3");
    assertEquals(
      // Where a commit is skipped, git chooses the next one by chance.
      out.replace(/with [67] runs in \d+ s\n/, "with a few runs\n"),
      `changed   bits of rate=0.01, hidden=8
commit    ${commit}
date      ${date}
author    Test <test@example.org>
subject   a little faster
accuracy  20.00 % as before, on the validation split
declared  solver.optimizer.learningRate 0.01 -> 0.01000001
epochs    the runs part at epoch 0: learning_rate 0.01 -> 0.01000001; the weights differ from epoch 1 on
located   step 1 of epoch 1: W1 (layer 1) differs first
skipped   ${broken} broken again: Cannot load experiments/blobs_rate.ts: The requested module './_scale.ts' does not provide an export named 'scale' at experiments/blobs_rate.ts:1:10
searched  11 commits, with a few runs

 experiments/_scale.ts | 2 +-
 notes.md              | 2 +-
 2 files changed, 2 insertions(+), 2 deletions(-)
`,
    );
    assertMatch(error, /^ +\d+ s {2}runs rate=0\.01, hidden=8 at --good and at --bad$/m);
    assertMatch(error, /^ +\d+ s {2}11 commits left, tries [0-9a-f]{12} notes 6$/m);
    assertMatch(error, /^ +\d+ s {2}[0-9a-f]{12} is skipped: Cannot load /m);
    assertMatch(error, /^ +\d+ s {2}replays an epoch before and after [0-9a-f]{12} a little faster$/m);
  }),
);

Deno.test(
  needing("git", "bisect --what accuracy finds another commit than bits, and those that skipped ones leave"),
  inRepository(async (repository) => {
    await makeHistory(repository);
    const before = await userState(repository);
    const unsure = await searchJson(repository, "--good", "HEAD~11", "--what", "accuracy");
    assertEquals(subjects(unsure.commits), ["broken again", "much faster"]);
    assertEquals(subjects(unsure.skipped), ["broken again"]);
    assertEquals(unsure.change?.location, { epoch: 1, step: 1, tensor: "W1" });
    // Two at the ends, and a binary search of eleven commits, in which one is skipped.
    assertLessOrEqual(unsure.runs, 2 + 4 + 1);
    const { before: old, after: now } = unsure.change!;
    assertEquals([old.bestValidationAccuracy, now.bestValidationAccuracy], [0.2, 0.85]);
    assertEquals(await userState(repository), before);
  }),
);

Deno.test(
  needing("git", "bisect says that both ends are the same in every trial, and what to look at"),
  inRepository(async (repository) => {
    await makeHistory(repository);
    const [good, bad] = [await short(repository, "HEAD~11"), await short(repository, "HEAD~6")];
    const { code, out, error } = await repository.run("bisect", FILE, "--good", "HEAD~11", "--bad", "HEAD~6");
    assertEquals([code, out.replace(/\d+ s\n/, "TIME\n")], [
      0,
      `same      every bit of 4 trials at ${good} and ${bad}\n` +
      "look at   an earlier --good, edits that are not committed (git status), and data outside git\n" +
      "searched  6 runs in TIME\n",
    ], error);
  }),
);

Deno.test(
  needing("git", "bisect locates nothing where the parent of the first commit is not as the good end"),
  inRepository(async (repository) => {
    const { folder, git } = repository;
    const commit = async (message: string, path: string, text: string) => {
      await Deno.writeTextFile(`${folder}/${path}`, text);
      await commitAll(folder, { message });
    };
    const text = await Deno.readTextFile(`${folder}/${FILE}`);
    await git("branch", "side");
    await commit("faster", FILE, text.replace("learningRate: rate", "learningRate: 2 * rate"));
    await git("tag", "good");
    await git("checkout", "--quiet", "side");
    await commit("side", "side.md", "");
    const who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    await git(...who, "merge", "--quiet", "--strategy=ours", "--message", "joined", "good");
    const { commits, change } = await searchJson(repository, "--good", "good");
    assertEquals([subjects(commits), change?.location, change?.unlocated], [
      ["side"],
      null,
      "the parent of the commit is not as --good",
    ]);
  }),
);

interface Refusal {
  readonly args: string;
  /** What follows `Cannot bisect: `. */
  readonly message: string;
}

function refusals({ head, broken, outside }: Readonly<Record<string, string>>): readonly Refusal[] {
  const revision = "must be a revision of git, such as HEAD~10, a tag or a hash, found";
  return [
    { args: FILE, message: "it must be given one FILE, and --good REV" },
    { args: `${FILE} ${FILE} --good HEAD~1`, message: "it must be given one FILE, and --good REV" },
    { args: `${FILE} --good nowhere`, message: `--good ${revision} "nowhere"` },
    { args: `${FILE} --good HEAD~1 --bad HEAD^{tree}`, message: `--bad ${revision} "HEAD^{tree}"` },
    {
      args: `${FILE} --good HEAD --bad HEAD~5`,
      message:
        "--good HEAD must be an ancestor of --bad HEAD~5, found it the other way round: the two are swapped",
    },
    {
      args: `${FILE} --good other`,
      message:
        "--good other must be an ancestor of --bad HEAD, found two branches; git merge-base names the commit that " +
        "they share",
    },
    {
      args: `${FILE} --good ${head}`,
      message: `--good and --bad must be two commits, found ${head} and HEAD, which are one`,
    },
    {
      args: "experiments/none.ts --good HEAD~1",
      message: "experiments/none.ts must be in --good HEAD~1, which has no such file",
    },
    {
      args: `${HELPER} --good HEAD~11`,
      message: `${HELPER} must be in --good HEAD~11, which has no such file`,
    },
    {
      args: `${FILE} --good HEAD~3`,
      message: `${FILE} must run at --good ${broken}, found Cannot load ${FILE}: The requested module ` +
        `'./_scale.ts' does not provide an export named 'scale' at ${FILE}:1:10`,
    },
    {
      args: `${outside}/a.ts --good HEAD~1`,
      message: `${outside}/a.ts must lie in a repository of git; git says: not a git repository`,
    },
  ];
}

Deno.test(
  needing("git", "bisect refuses what is no question about an experiment's history, in a line"),
  inRepository(async (repository) => {
    const { folder, git, run } = repository;
    await makeHistory(repository);
    await git("branch", "other", "HEAD~2");
    await git("checkout", "--quiet", "other");
    await Deno.writeTextFile(`${folder}/other.md`, "");
    await commitAll(folder, { message: "other" });
    await git("checkout", "--quiet", "-");
    const outside = await Deno.makeTempDir();
    await Deno.writeTextFile(`${outside}/deno.json`, await repository.read("deno.json"));
    const [head, broken] = [await short(repository, "HEAD"), await short(repository, "HEAD~3")];
    for (const { args, message } of refusals({ head, broken, outside })) {
      const { code, error } = await run("bisect", ...args.split(" "));
      // How far git looked depends on the machine.
      const said = error.replace(/ \(or any .*\n/, "\n");
      assertEquals([args, code, said], [args, 2, `error: Cannot bisect: ${message}\n`]);
    }
    await Deno.remove(outside, { recursive: true });
    assertEquals((await git("worktree", "list")).trim().split("\n").length, 1);
  }),
);

Deno.test(
  needing("git", "bisect says how a shallow clone gets the rest of its history"),
  inRepository(async (repository) => {
    await makeHistory(repository);
    const { folder, git, run } = repository;
    await git("clone", "--quiet", "--depth", "2", `file://${folder}`, "clone");
    const { code, error } = await run("bisect", `clone/${FILE}`, "--good", "HEAD~5");
    assertEquals([code, error], [
      2,
      'error: Cannot bisect: --good must be a revision of git, such as HEAD~10, a tag or a hash, found "HEAD~5"; the ' +
      "clone is shallow, and git fetch --unshallow brings the rest of it\n",
    ]);
  }),
);

Deno.test(
  needing("git", "bisect refuses to work where a variable would lead git to the user's own index"),
  inRepository(async ({ folder }) => {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", LAUNCHER, "bisect", FILE, "--good", "HEAD~1"],
      cwd: folder,
      env: { NO_COLOR: "1", GIT_INDEX_FILE: `${folder}/.git/index` },
    }).output();
    assertEquals([code, new TextDecoder().decode(stderr)], [
      2,
      "error: Cannot bisect: the variable GIT_INDEX_FILE must not be set, since git would not use the temporary " +
      "worktree\n",
    ]);
  }),
);

Deno.test(
  needing(
    "git",
    "bisect works in a project that init made, in a folder of the repository and with links out of it",
  ),
  inRepository(async ({ folder, run, git, edit }) => {
    assertEquals((await run("init", "sub")).code, 0);
    assertMatch(await Deno.readTextFile(`${folder}/sub/deno.json`), /"links": \[\s+"\.\.\//);
    await edit("sub/experiments/spirals.ts", { "[4, 16, 64]": "[4, 16]" });
    await commitAll(folder, { message: "a project" });
    await edit("sub/experiments/spirals.ts", {
      "hidden: [4": "hidden: [8, 4",
      "1e-2": "hidden === 4 ? 1e-3 : 1e-2",
    });
    await commitAll(folder, { message: "slower" });
    await Deno.writeTextFile(`${folder}/notes.md`, "");
    await commitAll(folder, { message: "notes" });
    const { code, out, error } = await run(
      "bisect",
      "sub/experiments/spirals.ts",
      "--good",
      "HEAD~2",
      "--json",
    );
    assertEquals(code, 1, error);
    const { trial, commits, change, runs }: BisectAnswer = JSON.parse(out);
    assertEquals([trial, subjects(commits)], [{ point: { hidden: 4 }, repeat: 0 }, ["slower"]]);
    assertEquals(change?.declared.map(({ field }) => field), [
      "grid.hidden",
      "solver.optimizer.learningRate",
    ]);
    assertEquals([change?.location, runs], [{ epoch: 1, step: 1, tensor: "W1" }, 3]);
    assertEquals((await git("worktree", "list")).trim().split("\n").length, 1);
  }),
);

for (const signal of ["SIGINT", "SIGKILL"] as const) {
  Deno.test(
    needing("git", `bisect removes its worktrees when its launcher gets ${signal}`),
    inRepository(async ({ folder, edit, git }) => {
      await edit(FILE, { "epochs: 3": "epochs: 1000000" });
      await commitAll(folder, { message: "longer" });
      await edit(FILE, { "learningRate: rate": "learningRate: 2 * rate" });
      await commitAll(folder, { message: "faster" });
      const temporary = `${folder}/.git/temporary`;
      await Deno.mkdir(temporary);
      const process = new Deno.Command(Deno.execPath(), {
        args: ["run", "--allow-all", LAUNCHER, "bisect", FILE, "--good", "HEAD~1"],
        cwd: folder,
        env: { NO_COLOR: "1", TMPDIR: temporary },
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      }).spawn();
      let error = "";
      for await (const text of process.stderr.pipeThrough(new TextDecoderStream())) {
        if (error === "") process.kill(signal);
        error += text;
      }
      const { code } = await process.status;
      const isAsked = signal === "SIGINT";
      assertEquals(code, isAsked ? 130 : 137, error);
      if (isAsked) assertStringIncludes(error, "Interrupted. The temporary worktrees are removed.\n");
      assertEquals((await git("worktree", "list")).trim().split("\n").length, 1);
      assertEquals([...Deno.readDirSync(temporary)], []);
    }),
  );
}
