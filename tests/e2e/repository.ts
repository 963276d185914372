import { EXPERIMENT } from "../runner/fakes.ts";
import { LAUNCHER, linkProject } from "./linked_project.ts";

/** The path of the experiment file in a repository. */
export const FILE = "experiments/blobs_rate.ts";

/** How a command ended, and what it left. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  /** What was appended to `$GITHUB_STEP_SUMMARY`. */
  readonly summary: string;
}

/** A temporary git repository with an experiment and its committed baseline. */
export interface Repository {
  readonly folder: string;
  /** Runs the real command as a subprocess, as in a job of GitHub Actions but outside CI. */
  readonly run: (...args: string[]) => Promise<Ran>;
  /** Likewise with `CI=true`. */
  readonly runInCi: (...args: string[]) => Promise<Ran>;
  readonly git: (...args: string[]) => Promise<string>;
  readonly read: (path: string) => Promise<string>;
  /** Replaces text in a file, which must be there. */
  readonly edit: (path: string, changes: Readonly<Record<string, string>>) => Promise<void>;
}

// Four trials that end well, in milliseconds each.
const TEXT = EXPERIMENT.replace("[0.001, 0.1, 1e30]", "[0.01, 0.1]").replace("epochs: 2", "epochs: 3");

let template: Promise<string> | null = null;

/** Runs a test in a repository of its own. */
export function inRepository(test: (repository: Repository) => Promise<void>): () => Promise<void> {
  return async () => {
    const source = await (template ??= makeTemplate());
    const folder = await Deno.makeTempDir();
    try {
      await copyFolder(source, folder);
      await test(repositoryAt(folder));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  };
}

/** Returns the paths of the files below a folder that git does not ignore and that differ from the last commit. */
export async function changedPaths({ git }: Repository): Promise<readonly string[]> {
  const lines = (await git("status", "--porcelain", "--untracked-files=all")).split("\n");
  return lines.filter((line) => line !== "").map((line) => line.slice(3));
}

function repositoryAt(folder: string): Repository {
  const summaryPath = `${folder}/.git/step_summary.md`;
  const runWith = (env: Readonly<Record<string, string>>) => async (...args: string[]): Promise<Ran> => {
    await Deno.writeTextFile(summaryPath, "");
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", LAUNCHER, ...args],
      cwd: folder,
      env: {
        NO_COLOR: "1",
        SEEDBED_CACHE: `${folder}/.git/cache`,
        GITHUB_ACTIONS: "true",
        GITHUB_STEP_SUMMARY: summaryPath,
        ...env,
      },
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return {
      code,
      out: decoder.decode(stdout),
      error: decoder.decode(stderr),
      summary: await Deno.readTextFile(summaryPath),
    };
  };
  return {
    folder,
    run: runWith({ CI: "" }),
    runInCi: runWith({ CI: "true" }),
    git: (...args) => runGit(folder, args),
    read: (path) => Deno.readTextFile(`${folder}/${path}`),
    edit: (path, changes) => edit(`${folder}/${path}`, changes),
  };
}

async function makeTemplate(): Promise<string> {
  const folder = await Deno.makeTempDir();
  addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  await linkProject(folder);
  await Deno.mkdir(`${folder}/experiments`);
  await Deno.writeTextFile(`${folder}/${FILE}`, TEXT);
  const ignored = [
    "activity.jsonl",
    "journal*",
    "timings.csv",
    "environment.json",
    "weights/",
    "specs.jsonl",
  ];
  await Deno.writeTextFile(`${folder}/.gitignore`, ignored.map((name) => `/results/*/${name}\n`).join(""));
  await runGit(folder, ["init", "--quiet"]);
  const { code, error } = await repositoryAt(folder).run("run", FILE, "--workers", "1");
  if (code !== 0) throw new Error(`Cannot make a baseline: ${error}`);
  await commitAll(folder, { message: "baseline" });
  return folder;
}

/** Makes a repository of a folder, if it is none, and commits what is in it. */
export async function commitAll(folder: string, { message }: { readonly message: string }): Promise<void> {
  await runGit(folder, ["init", "--quiet"]);
  await runGit(folder, ["add", "--all"]);
  const who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
  await runGit(folder, [...who, "commit", "--quiet", "--message", message]);
}

/** Replaces text in a file, which must be there. */
export async function edit(path: string, changes: Readonly<Record<string, string>>): Promise<void> {
  let text = await Deno.readTextFile(path);
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`Cannot edit ${path}: there must be "${from}"`);
    text = text.replace(from, to);
  }
  await Deno.writeTextFile(path, text);
}

/** Runs git in a folder and returns what it wrote. */
export async function runGit(folder: string, args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("git", { args: [...args], cwd: folder })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}
