import { assertEquals } from "@std/assert";
import { commitFacts } from "../../../lib/runner/bisect/bisect_git.ts";
import { makeFolders, projectIn } from "../../../lib/runner/bisect/bisect_worktree.ts";
import { commitAll, runGit } from "../../e2e/repository.ts";
import { needing } from "../../setup/needing.ts";

/** Runs a test in a repository of two commits whose project is a folder of it. */
async function inHistory(test: (repository: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const repository = `${folder}/repository`;
  try {
    await Deno.mkdir(`${repository}/sub/experiments`, { recursive: true });
    const links = ["../../seedbed", "./own", "/elsewhere"];
    await Deno.writeTextFile(`${repository}/sub/deno.json`, JSON.stringify({ links, lock: false }));
    await Deno.writeTextFile(`${repository}/sub/experiments/a.ts`, "1");
    await Deno.writeTextFile(`${repository}/.gitignore`, "ignored\n");
    await commitAll(repository, { message: "one" });
    await Deno.writeTextFile(`${repository}/sub/experiments/a.ts`, "2");
    await commitAll(repository, { message: "two" });
    await Deno.mkdir(`${repository}/.git/hooks`, { recursive: true });
    const hook = `#!/bin/sh\ntouch ${folder}/hooked\n`;
    await Deno.writeTextFile(`${repository}/.git/hooks/post-checkout`, hook, { mode: 0o755 });
    await test(repository);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["repository"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test(
  needing(
    "git",
    "makeFolders() makes worktrees that are removed, and leaves nothing of one revision to the next",
  ),
  () =>
    inHistory(async (repository) => {
      const hashOf = async (revision: string) => (await runGit(repository, ["rev-parse", revision])).trim();
      const [first, last] = [await hashOf("HEAD~1"), await hashOf("HEAD")];
      const [good, bad] = [await commitFacts(first, repository), await commitFacts(last, repository)];
      {
        using folders = await makeFolders({ repository, good, bad });
        const { before, after } = folders;
        const read = () => Deno.readTextFile(`${after.folder}/sub/experiments/a.ts`);
        assertEquals(await Deno.readTextFile(`${before.folder}/sub/experiments/a.ts`), "1");
        assertEquals(await read(), "2");
        for (const name of ["ignored", "new", "sub/experiments/a.ts"]) {
          await Deno.writeTextFile(`${after.folder}/${name}`, "left behind");
        }
        await after.checkOut(first);
        assertEquals(await read(), "1");
        assertEquals(
          [...Deno.readDirSync(after.folder)].map(({ name }) => name).sort(),
          [".git", ".gitignore", "sub"],
        );
        assertEquals(await projectIn(after, "sub/experiments/a.ts"), `${after.folder}/sub`);
        assertEquals(await projectIn(after, "sub/experiments/none.ts"), null);
        // Links out of the repository lead to where they lead from the user's worktree.
        const { links } = JSON.parse(await Deno.readTextFile(`${after.folder}/sub/deno.json`));
        assertEquals(links, [repository.replace(/repository$/, "seedbed"), "./own", "/elsewhere"]);
      }
      assertEquals((await runGit(repository, ["worktree", "list"])).trim().split("\n").length, 1);
    }),
);
