import { runGit } from "../e2e/repository.ts";

/** Runs a test in a repository of one commit, with an ignored file and a shallow clone of two commits. */
export async function withRepository(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await runGit(folder, ["init", "--quiet", "--initial-branch", "main", "origin"]);
    const origin = `${folder}/origin`;
    await Deno.mkdir(`${origin}/results/mine`, { recursive: true });
    await Deno.writeTextFile(`${origin}/.gitignore`, "ignored.ts\n");
    for (const text of ["{}", "{ }"]) {
      await Deno.writeTextFile(`${origin}/results/mine/summary.json`, text);
      await runGit(origin, ["add", "."]);
      const name = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"];
      await runGit(origin, [...name, "commit", "--quiet", "-m", text]);
    }
    await Deno.writeTextFile(`${origin}/ignored.ts`, "");
    await Deno.writeTextFile(`${origin}/new.ts`, "");
    await runGit(folder, ["clone", "--quiet", "--depth", "1", `file://${origin}`, "shallow"]);
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
