import { assertEquals } from "@std/assert";
import { readGitFacts } from "../../../lib/dashboard/watch/git_facts.ts";
import { runGit } from "../../../lib/runner/files/git.ts";
import { inFolder } from "../../helpers/in_folder.ts";

const NEVER = { isInGit: false, isEdited: false };

Deno.test(
  "readGitFacts() says which results git has, and which experiment file was changed after them",
  inFolder(async (folder) => {
    const write = async (path: string, text: string) => {
      await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${folder}/${path}`, text);
    };
    const git = async (...args: string[]) => {
      const answer = await runGit(["-c", "user.name=t", "-c", "user.email=t@t", ...args], { folder });
      if ("reason" in answer) throw new Error(answer.reason);
    };
    const commit = async (what: string) => {
      await git("add", "-A");
      await git("commit", "-qm", what);
    };
    await git("init", "-q");
    for (const name of ["a", "b", "c"]) {
      await write(`experiments/${name}.ts`, "1");
      await write(`results/${name}/summary.json`, "{}");
    }
    await commit("all");
    await write("experiments/b.ts", "2");
    await commit("b is edited");
    const facts = async () => {
      const of = await readGitFacts(`${folder}/results`);
      return ["a", "b", "c", "none"].map(of);
    };
    const same = { isInGit: true, isEdited: false };
    assertEquals(await facts(), [same, { ...same, isEdited: true }, same, same]);
    await write("results/b/summary.json", '{"new":1}');
    await commit("b ran again");
    await write("experiments/c.ts", "not committed");
    await write("results/a/summary.json", '{"new":1}');
    assertEquals(await facts(), [NEVER, same, { ...same, isEdited: true }, same]);
  }),
);

Deno.test(
  "readGitFacts() knows nothing where there is no repository",
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/results`);
    assertEquals((await readGitFacts(`${folder}/results`))("a"), NEVER);
  }),
);
