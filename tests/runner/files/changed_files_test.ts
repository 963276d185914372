import { assertEquals } from "@std/assert";
import { readChangedFiles } from "../../../lib/runner/files/changed_files.ts";
import { commitAll, runGit } from "../../e2e/repository.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { needing } from "../../setup/needing.ts";

Deno.test(
  needing("git", "readChangedFiles() names what git does not have of a folder, whatever its settings are"),
  inFolder(async (folder) => {
    const results = `${folder}/a b/results`;
    for (const name of ["same", "other", "gone", "new", "staged"]) {
      await Deno.mkdir(`${results}/${name}`, { recursive: true });
      if (name !== "new") await Deno.writeTextFile(`${results}/${name}/trials.csv`, name);
    }
    await Deno.writeTextFile(`${folder}/.gitignore`, "journal.jsonl\nignored/\n");
    assertEquals(await readChangedFiles(results), null);
    await commitAll(folder, { message: "all" });
    for (
      const [name, value] of [["color.status", "always"], ["status.branch", "true"], ["status.short", "true"]]
    ) {
      await runGit(folder, ["config", name, value]);
    }
    await runGit(folder, ["config", "status.showUntrackedFiles", "no"]);
    await Deno.writeTextFile(`${results}/same/journal.jsonl`, "");
    await Deno.writeTextFile(`${results}/other/trials.csv`, "changed");
    await Deno.remove(`${results}/gone/trials.csv`);
    await Deno.writeTextFile(`${results}/new/trials.csv`, "");
    await Deno.writeTextFile(`${results}/staged/history.csv`, "");
    await runGit(results, ["add", "staged"]);
    await Deno.mkdir(`${results}/ignored`);
    await Deno.writeTextFile(`${results}/ignored/trials.csv`, "");
    const changed = (await readChangedFiles(results))!;
    assertEquals(["same", "other", "gone", "new", "staged", "ignored", "nowhere"].map(changed), [
      [],
      ["trials.csv"],
      ["trials.csv"],
      ["trials.csv"],
      ["history.csv"],
      null,
      [],
    ]);
    assertEquals((await readChangedFiles(`${results}/ignored`))!("any"), null);
    assertEquals(await readChangedFiles(`${folder}/none`), null);
  }),
);
