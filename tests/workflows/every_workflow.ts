import { projectFiles } from "../../lib/cli/init/project_files.ts";

const ROOT = new URL("../../", import.meta.url);

/** Returns the text of a workflow or pipeline that `init` writes. */
export function projectFile(path: string): string {
  const ci = path === ".gitlab-ci.yml" ? "gitlab" : "github";
  return projectFiles({ name: "new", version: "1.0.0", checkout: null, ci })[path];
}

/** Returns the text of a file of Seedbed's own. */
export function ownFile(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

/** The workflows of GitHub Actions by where they are: Seedbed's own, and those that `init` writes. */
export const WORKFLOWS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [...Deno.readDirSync(new URL(".github/workflows", ROOT))].map(({ name }) => {
      const path = `.github/workflows/${name}`;
      return [path, ownFile(path)];
    }),
  ),
  "init: seedbed.yml": projectFile(".github/workflows/seedbed.yml"),
  "init: seedbed-comment.yml": projectFile(".github/workflows/seedbed-comment.yml"),
};
