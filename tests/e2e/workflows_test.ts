import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { COMMENT_MARK } from "../../lib/report/gate/check_comment.ts";
import { needing } from "../setup/needing.ts";
import { ownFile, projectFile } from "../workflows/every_workflow.ts";
import { EXPERIMENT_FILE, inProject, type Project } from "./init_project.ts";
import { type RanScript, runScript } from "../workflows/run_script.ts";
import { parsePipeline, parseWorkflow, scriptOf } from "../workflows/workflow.ts";

const CHECK = scriptOf(parseWorkflow(projectFile(".github/workflows/seedbed.yml")), "Check");
const ACCURACY = parseWorkflow(ownFile(".github/workflows/accuracy.yml"));
const PIPELINE = parsePipeline(projectFile(".gitlab-ci.yml"));
const TOOLS = ["bash", "git"] as const;

/** What the script of a pull request leaves for the artifact. */
const FILES = ["check.json", "comment.md", "junit.xml", "number.txt", "results"];

function namesIn(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

function run(
  script: string,
  { folder, env }: Project,
  more: Readonly<Record<string, string>>,
): Promise<RanScript> {
  return runScript(script, { folder, env: { ...env, ...more } });
}

Deno.test(
  needing(TOOLS, "the check of a pull request fails where accuracy is lost, and leaves a complete artifact"),
  () =>
    inProject(async (project) => {
      await project.worsen();
      const ran = await run(CHECK, project, { NUMBER: "7" });
      assertEquals(ran.code, 1, ran.text);
      const artifact = `${project.folder}/seedbed`;
      assertEquals(namesIn(artifact), FILES);
      assertEquals(await Deno.readTextFile(`${artifact}/number.txt`), "7\n");
      assertMatch(
        await Deno.readTextFile(`${artifact}/comment.md`),
        new RegExp(`^${COMMENT_MARK}\n## ❌ Seedbed: \\d`),
      );
      assertStringIncludes(await Deno.readTextFile(`${artifact}/junit.xml`), "<failure");
      // What `baseline` can accept: what a run writes.
      assertEquals(namesIn(`${artifact}/results`), ["spirals"]);
      assertEquals(namesIn(`${artifact}/results/spirals`).includes("summary.json"), true);
    }),
);

Deno.test(
  needing(TOOLS, "the check of a pull request leaves out what it does not change"),
  () =>
    inProject(async (project) => {
      const ran = await run(CHECK, project, { NUMBER: "7" });
      assertEquals(ran.code, 0, ran.text);
      const artifact = `${project.folder}/seedbed`;
      // The workflow that comments knows by this line that there is nothing to say.
      assertStringIncludes(
        await Deno.readTextFile(`${artifact}/comment.md`),
        `${COMMENT_MARK}\n## ✅ Seedbed: nothing to check\n`,
      );
      assertEquals(namesIn(artifact), FILES.filter((name) => name !== "results"));
    }),
);

Deno.test(
  needing(TOOLS, "the check of a push checks everything, and names no pull request"),
  () =>
    inProject(async (project) => {
      const ran = await run(CHECK, project, { NUMBER: "" });
      assertEquals(ran.code, 0, ran.text);
      assertMatch(ran.text, /^spirals: 2 the same$/m);
      assertEquals(namesIn(`${project.folder}/seedbed`), FILES.filter((name) => name !== "number.txt"));
    }),
);

const STAND_IN = `${COMMENT_MARK}\n## ❌ Seedbed: the check did not end\n`;

Deno.test(
  needing(TOOLS, "a check that cannot begin fails, and its comment says that it did not end"),
  () =>
    inProject(async (project) => {
      await Deno.writeTextFile(`${project.folder}/${EXPERIMENT_FILE}`, "export default 1;\n");
      for (
        const [script, env] of [
          [CHECK, { NUMBER: "7" }],
          [PIPELINE.seedbed.script, { CI_MERGE_REQUEST_DIFF_BASE_SHA: project.base }],
        ] as const
      ) {
        const ran = await run(script, project, env);
        assertEquals(ran.code, 2, ran.text);
        assertEquals(await Deno.readTextFile(`${project.folder}/seedbed/comment.md`), STAND_IN);
      }
    }),
);

Deno.test(
  needing(TOOLS, "Seedbed's own parts are joined, checked and commented on, and fail where accuracy is lost"),
  () =>
    inProject(async (project) => {
      const parts = async (system: string) => {
        const codes = [];
        for (const SHARD of ["1", "2"]) {
          const env = { FILES: EXPERIMENT_FILE, SYSTEM: system, SHARD };
          codes.push((await run(scriptOf(ACCURACY, "Check a part"), project, env)).code);
        }
        return codes;
      };
      const whole = () => run(scriptOf(ACCURACY, "Check the whole"), project, verdict);
      const verdict = { FILES: EXPERIMENT_FILE, NUMBER: "7" };
      const artifact = `${project.folder}/seedbed`;
      assertEquals([...await parts("one"), ...await parts("two")], [0, 0, 0, 0]);
      const good = await whole();
      assertEquals(good.code, 0, good.text);
      const comment = await Deno.readTextFile(`${artifact}/comment.md`);
      assertStringIncludes(comment, "## ✅ Seedbed: every bit is as committed");
      assertEquals(namesIn(artifact), ["benchmark.json", ...FILES]);

      // Parts of one system are not those of the other: they cannot be joined.
      await project.worsen();
      await Deno.remove(artifact, { recursive: true });
      await Deno.remove(`${project.folder}/shards/two`, { recursive: true });
      assertEquals(await parts("two"), [1, 1]);
      const apart = await whole();
      assertEquals(apart.code === 0, false, apart.text);
      assertEquals(await Deno.readTextFile(`${artifact}/comment.md`), STAND_IN);

      await Deno.remove(artifact, { recursive: true });
      await Deno.remove(`${project.folder}/shards/one`, { recursive: true });
      const bad = await whole();
      assertEquals(bad.code, 1, bad.text);
      assertStringIncludes(await Deno.readTextFile(`${artifact}/comment.md`), "## ❌ Seedbed: ");
      assertEquals(namesIn(artifact), ["benchmark.json", ...FILES]);
    }),
);

Deno.test(
  needing(TOOLS, "GitLab's job fails where accuracy is lost, and leaves the files of its reports"),
  () =>
    inProject(async (project) => {
      await project.worsen();
      const { before_script = [], script, artifacts } = PIPELINE.seedbed;
      const prepared = await run(before_script.join("\n"), project, {});
      assertEquals(prepared.code, 0, prepared.text);
      assertMatch(prepared.text, /^apt-get -qq install .* git$/m);
      const ran = await run(script, project, { CI_MERGE_REQUEST_DIFF_BASE_SHA: project.base });
      assertEquals(ran.code, 1, ran.text);
      assertEquals(namesIn(`${project.folder}/seedbed`), [
        "check.json",
        "comment.md",
        "junit.xml",
        "metrics.txt",
        "results",
      ]);
      for (const path of Object.values(artifacts!.reports)) {
        assertEquals((await Deno.stat(`${project.folder}/${path}`)).isFile, true, path);
      }
    }),
);

Deno.test(
  needing(TOOLS, "GitLab's job leaves out what a merge request does not change, and checks all else"),
  () =>
    inProject(async (project) => {
      const { script } = PIPELINE.seedbed;
      const unchanged = await run(script, project, { CI_MERGE_REQUEST_DIFF_BASE_SHA: project.base });
      assertEquals(unchanged.code, 0, unchanged.text);
      assertStringIncludes(
        await Deno.readTextFile(`${project.folder}/seedbed/comment.md`),
        "nothing to check",
      );
      const all = await run(script, project, {});
      assertEquals(all.code, 0, all.text);
      assertMatch(all.text, /^spirals: 2 the same$/m);
    }),
);

Deno.test(
  needing(TOOLS, "the command for other servers fails where accuracy is lost, and leaves its files"),
  () =>
    inProject(async (project) => {
      const command = ownFile("results/README.md").match(/^deno task check --changed=origin.*$/m)![0];
      await project.worsen();
      const ran = await run(command, project, {});
      assertEquals(ran.code, 1, ran.text);
      const files = ["check.json", "comment.md", "junit.xml", "kept"];
      assertEquals(namesIn(project.folder).filter((name) => files.includes(name)), files);
    }),
);
