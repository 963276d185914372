import { runGit } from "../../e2e/repository.ts";

/** A repository whose folder `results` has a history. */
export interface History {
  /** The folder of results. */
  readonly resultsDir: string;
  readonly git: (...args: string[]) => Promise<string>;
  /** Writes files below the folder of results, removes those that are null, and commits all with a subject. */
  readonly commit: (subject: string, files: Readonly<Record<string, string | null>>) => Promise<void>;
  /** Writes files, and commits nothing. */
  readonly write: (files: Readonly<Record<string, string | null>>) => Promise<void>;
}

const WHO = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"];

/** Runs a test in a repository without a commit. */
export function withHistory(test: (history: History) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = await Deno.makeTempDir();
    try {
      const git = (...args: string[]) => runGit(folder, [...WHO, ...args]);
      await git("init", "--quiet", "--initial-branch", "main");
      const resultsDir = `${folder}/results`;
      const write: History["write"] = async (files) => {
        for (const [path, text] of Object.entries(files)) {
          const whole = `${resultsDir}/${path}`;
          await Deno.mkdir(whole.slice(0, whole.lastIndexOf("/")), { recursive: true });
          if (text === null) await Deno.remove(whole);
          else await Deno.writeTextFile(whole, text);
        }
      };
      const commit: History["commit"] = async (subject, files) => {
        await write(files);
        await git("add", "--all");
        await git(
          "commit",
          "--quiet",
          "--allow-empty",
          "--message",
          subject,
          "--date",
          "2026-01-31T12:00:00Z",
        );
      };
      await test({ resultsDir, git, commit, write });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  };
}
