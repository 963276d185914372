import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { needing } from "../setup/needing.ts";
import { LAUNCHER } from "./linked_project.ts";
import { commitAll, edit, runGit } from "./repository.ts";
import { finish, type Ran } from "./workplace.ts";

/** Runs a test in a folder, and removes it. */
function inFolder(test: (folder: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = await Deno.realPath(await Deno.makeTempDir());
    try {
      await test(folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  };
}

async function deno(folder: string, ...args: string[]): Promise<Ran> {
  const process = new Deno.Command(Deno.execPath(), {
    args,
    cwd: folder,
    env: { NO_COLOR: "1", CI: "", GITHUB_ACTIONS: "", GITHUB_STEP_SUMMARY: "" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return await finish(process);
}

const init = (folder: string, ...args: string[]) =>
  deno(folder, "run", "--allow-all", LAUNCHER, "init", ...args);
const task = (folder: string, ...args: string[]) => deno(folder, "task", ...args);

const FILES = [
  "deno.json",
  "experiments/spirals.ts",
  "experiments/data/spirals.csv",
  "results/.gitkeep",
  ".gitattributes",
  ".gitignore",
  ".github/workflows/seedbed.yml",
  ".github/workflows/seedbed-comment.yml",
  "README.md",
];

Deno.test(
  needing(
    "git",
    "init makes a project whose results are checked, fail when a setting changes, and can be accepted",
  ),
  inFolder(async (folder) => {
    const made = await init(folder, "my project");
    assertEquals(made.code, 0, made.error);
    assertEquals(
      made.out,
      FILES.map((path) => `created  my project/${path}\n`).join("") +
        '\nTo run the first experiment:\n  cd "my project"\n  deno task start\n',
    );
    const project = `${folder}/my project`;
    await addImports(project);
    assertEquals((await deno(project, "fmt", "--check")).code, 0);
    assertEquals((await deno(project, "lint")).code, 0);

    const started = await task(project, "start");
    assertEquals(started.code, 0, started.error);
    assertMatch(started.out, /^report +results\/spirals\/report\.html$/m);
    await runGit(project, ["init", "--quiet"]);
    await runGit(project, ["config", "core.autocrlf", "true"]);
    await commitAll(project, { message: "first results" });
    const file = "experiments/spirals.ts";
    assertEquals((await task(project, "check")).code, 0);

    await edit(`${project}/${file}`, { "1e-2": "1e-4" });
    const changed = await task(project, "check");
    assertEquals(changed.code, 1, changed.error);
    assertMatch(changed.out, /FAIL/);
    await commitAll(project, { message: "a slower rate" });
    const accepted = await task(project, "baseline", file, "--reason", "a slower rate");
    assertEquals(accepted.code, 0, accepted.error);
    await commitAll(project, { message: "new results" });
    assertEquals((await task(project, "check")).code, 0);

    // Git changes the ends of lines where it may, and leaves those whose bytes count.
    const clone = `${folder}/clone`;
    await runGit(folder, ["-c", "core.autocrlf=true", "clone", "--quiet", project, clone]);
    assertStringIncludes(await Deno.readTextFile(`${clone}/README.md`), "\r\n");
    const cloned = await task(clone, "check");
    assertEquals(cloned.code, 0, cloned.out + cloned.error);
  }),
);

/** Makes the experiment use a helper and an npm package that the project's import map names. */
async function addImports(project: string): Promise<void> {
  await edit(`${project}/deno.json`, {
    '"imports": {': '"imports": {\n    "hashes/": "npm:/@noble/hashes@2.4.0/",',
  });
  await Deno.writeTextFile(
    `${project}/experiments/_widths.ts`,
    "export const widths: readonly number[] = [4];\n",
  );
  await edit(`${project}/experiments/spirals.ts`, {
    'from "@seedbed/seedbed";\n':
      'from "@seedbed/seedbed";\nimport { sha256 } from "hashes/sha2.js";\nimport { widths } from "./_widths.ts";\n\n' +
      'const [seed] = sha256(new TextEncoder().encode("spirals"));\n',
    "seed: 231": "seed",
    "[4, 16, 64]": "widths",
    "repeats: 3": "repeats: 1",
    "epochs: 30": "epochs: 3",
  });
}

Deno.test(
  "init overwrites no file, says which it kept, and makes the others",
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/experiments`);
    await Deno.writeTextFile(`${folder}/deno.json`, "{}");
    await Deno.writeTextFile(`${folder}/experiments/spirals.ts`, "mine");
    const { code, out, error } = await init(folder);
    assertEquals(code, 0, error);
    const [kept, created] = [FILES.slice(0, 2), FILES.slice(2)];
    assertEquals(
      out,
      created.map((path) => `created  ${path}\n`).join("") +
        kept.map((path) => `kept     ${path}, which was there\n`).join("") +
        "\nTo run the first experiment:\n  deno task start\n",
    );
    assertEquals(error, "note: deno.json must name Seedbed in its imports, and have its tasks\n");
    assertEquals(await Deno.readTextFile(`${folder}/deno.json`), "{}");
    assertEquals(await Deno.readTextFile(`${folder}/experiments/spirals.ts`), "mine");
  }),
);

for (
  const [ci, written] of [["gitlab", [".gitlab-ci.yml"]], ["none", []]] as const
) {
  Deno.test(
    `init --ci ${ci} writes ${
      written.length === 0 ? "nothing that checks" : written
    } and no workflow of GitHub`,
    inFolder(async (folder) => {
      const { code, out, error } = await init(folder, "project", "--ci", ci);
      assertEquals(code, 0, error);
      const created = FILES.flatMap((path) => {
        if (path === ".github/workflows/seedbed.yml") return written;
        return path.startsWith(".github/") ? [] : [path];
      });
      assertEquals(out.match(/(?<=created {2}project\/).*/g), created);
      assertEquals((await deno(`${folder}/project`, "fmt", "--check")).code, 0);
      const readme = await Deno.readTextFile(`${folder}/project/README.md`);
      assertEquals(readme.match(/\S+\.ya?ml/g) ?? [], written.map((path) => `\`${path}`));
    }),
  );
}

Deno.test(
  "init writes the same bytes each time",
  inFolder(async (folder) => {
    await init(folder, "one/project");
    await init(folder, "two/project");
    for (const path of FILES) {
      const [one, two] = [`${folder}/one/project/${path}`, `${folder}/two/project/${path}`];
      assertEquals(await Deno.readTextFile(one), await Deno.readTextFile(two));
    }
  }),
);

Deno.test(
  "init ends in one line and exit code 2 where it cannot make a project",
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/taken`, "");
    const cases: readonly (readonly [readonly string[], string])[] = [
      [["a", "b"], "Cannot make a project: it must be given one DIR, found a and b"],
      [["taken"], "Cannot write taken/deno.json: taken must be a folder, found something else"],
      [["taken/inside"], "Cannot write taken/inside/deno.json: Not a directory .*"],
      [["/proc/nowhere"], "Cannot .*/proc/nowhere.*"],
      [["--ci", "jenkins"], 'Cannot read --ci: it must be one of github, gitlab, none, found "jenkins"'],
      [["--force"], "Cannot use --force: init has no such flag, see init --help"],
    ];
    for (const [args, message] of cases) {
      const { code, out, error } = await init(folder, ...args);
      assertEquals([code, out], [2, ""], args.join(" "));
      assertMatch(error, new RegExp(`^error: ${message}\n$`));
    }
  }),
);
