import { assert, assertEquals, assertLessOrEqual, assertMatch, assertStringIncludes } from "@std/assert";
import type { BisectAnswer } from "../../lib/runner/history/bisect_experiment.ts";
import { needing } from "../setup/needing.ts";
import { commitAll, edit, FILE, inRepository, type Repository } from "./repository.ts";

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

Deno.test(
  "scratch",
  inRepository(async (repository) => {
    await makeHistory(repository);
    for (const more of [[], ["--json"], ["--what", "accuracy"]]) {
      const { code, out, error } = await repository.run("bisect", FILE, "--good", "HEAD~11", ...more);
      console.log(code, out, error);
    }
    console.log(await repository.git("worktree", "list"), await repository.git("status", "--short"));
  }),
);
