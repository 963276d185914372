import { assertEquals, assertStringIncludes } from "@std/assert";
import { COMMENT_MARK } from "../../lib/report/gate/check_comment.ts";
import { needing } from "../setup/needing.ts";
import { WORKFLOWS } from "./every_workflow.ts";
import type { Change, FakeGithub } from "./fake_gh.ts";
import { type RanScript, runScript, stubPrograms } from "./run_script.ts";
import { parseWorkflow, scriptOf } from "./workflow.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const WORKFLOW = parseWorkflow(WORKFLOWS["init: seedbed-comment.yml"]);
const SCRIPTS = ["Download what the check wrote", "Comment"].map((name) => scriptOf(WORKFLOW, name));

const HEAD = "4be1d0c0ffee";
const COMMENT = `${COMMENT_MARK}\n## ❌ Seedbed: 1 lost accuracy\n`;
const RUN_LINE =
  "[This run](https://github.com/a/b/actions/runs/99) has the results; `baseline --from` accepts them without training.";
const GITHUB: FakeGithub = { heads: { "7": HEAD, "8": "another" }, comments: [[]] };
const GH = `exec "${Deno.execPath()}" run -qA --config="${ROOT}deno.json" --lock="${ROOT}lib/deno.lock" ` +
  `"${ROOT}tests/workflows/fake_gh.ts" "$@"`;

/** What a test differs in. */
interface Case {
  readonly number?: string;
  readonly comment?: string;
  readonly github?: FakeGithub;
  /** Is called before the artifact is downloaded. */
  readonly prepare?: (artifact: string) => Promise<void>;
}

/** Runs the workflow's scripts, one after the other, with a `gh` that stands for GitHub's. */
async function runWorkflow(
  { number = "7\n", comment = COMMENT, github = GITHUB, prepare }: Case,
): Promise<RanScript & { readonly changes: readonly Change[] }> {
  const folder = await Deno.makeTempDir();
  try {
    const artifact = `${folder}/artifact`;
    await Deno.mkdir(artifact);
    await Deno.writeTextFile(`${artifact}/number.txt`, number);
    await Deno.writeTextFile(`${artifact}/comment.md`, comment);
    await prepare?.(artifact);
    await Deno.writeTextFile(`${folder}/github.json`, JSON.stringify(github));
    await Deno.writeTextFile(`${folder}/changes.jsonl`, "");
    const env = {
      PATH: await stubPrograms(`${folder}/bin`, { gh: GH }),
      FAKE_GH: folder,
      RUN_ID: "99",
      HEAD_SHA: HEAD,
      GITHUB_REPOSITORY: "a/b",
      GITHUB_SERVER_URL: "https://github.com",
      RUNNER_TEMP: `${folder}/temp`,
    };
    await Deno.mkdir(env.RUNNER_TEMP);
    let text = "";
    let code = 0;
    for (const script of SCRIPTS) {
      const ran = await runScript(script, { folder, env });
      text += ran.text;
      code = ran.code;
      if (code !== 0) break;
    }
    const changes = (await Deno.readTextFile(`${folder}/changes.jsonl`)).split("\n").filter(Boolean);
    return { code, text, changes: changes.map((line) => JSON.parse(line)) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test(needing("bash", "the comment is created where there is none"), async () => {
  const { code, text, changes } = await runWorkflow({});
  assertEquals([code, text], [0, ""]);
  assertEquals(changes, [
    { method: "POST", path: "repos/a/b/issues/7/comments", body: `${COMMENT.trimEnd()}\n\n${RUN_LINE}\n` },
  ]);
});

Deno.test(needing("bash", "the comment is updated where there is one, on whatever page"), async () => {
  const comments: FakeGithub["comments"] = [
    [
      { id: 1, by: "mallory", body: `${COMMENT_MARK}\nnot ours` },
      { id: 2, by: "github-actions[bot]", body: `of another workflow, quoting ${COMMENT_MARK}` },
    ],
    [
      { id: 3, by: "github-actions[bot]", body: `${COMMENT_MARK}\nolder` },
      { id: 4, by: "github-actions[bot]", body: `${COMMENT_MARK}\na second one` },
    ],
  ];
  const { code, text, changes } = await runWorkflow({ github: { ...GITHUB, comments } });
  assertEquals([code, text], [0, ""]);
  assertEquals(changes.map(({ method, path }) => [method, path]), [
    ["PATCH", "repos/a/b/issues/comments/3"],
  ]);
  assertStringIncludes(changes[0].body, "1 lost accuracy");
});

Deno.test(needing("bash", "no text of the comment notifies anybody"), async () => {
  const { changes } = await runWorkflow({ comment: `${COMMENT_MARK}\n@team, a@b & @@c \`@d\` $(id)` });
  const [text] = changes[0].body.split(`\n\n${RUN_LINE}`);
  assertEquals(text, `${COMMENT_MARK}\n@\u200bteam, a@\u200bb & @\u200b@\u200bc \`@\u200bd\` $(id)`);
});

const NOTHING = `${COMMENT_MARK}\n## ✅ Seedbed: nothing to check\n`;

Deno.test(
  needing("bash", "a pull request that changes no experiment gets no comment, and an updated one"),
  async () => {
    const none = await runWorkflow({ comment: NOTHING });
    assertEquals(none, {
      code: 0,
      text: "No comment: the pull request changes no experiment\n",
      changes: [],
    });
    const comments = [[{ id: 5, by: "github-actions[bot]", body: COMMENT }]];
    const { changes } = await runWorkflow({ comment: NOTHING, github: { ...GITHUB, comments } });
    assertEquals(changes.map(({ path }) => path), ["repos/a/b/issues/comments/5"]);
  },
);

const REFUSED: readonly (readonly [string, Case, string])[] = [
  ["the number is not digits", { number: "7; id" }, "number.txt must be a number"],
  ["the number has a second line", { number: "7\n8" }, "number.txt must be a number"],
  ["the number is empty", { number: "" }, "number.txt must be a number"],
  ["the number is a path", { number: "../7" }, "number.txt must be a number"],
  ["the mark is missing", { comment: "hello" }, `comment.md must begin with ${COMMENT_MARK}`],
  ["the mark is not first", { comment: `x${COMMENT}` }, `comment.md must begin with ${COMMENT_MARK}`],
  [
    "it is too long",
    { comment: `${COMMENT_MARK}\n${"e".repeat(65_536)}` },
    "comment.md must be shorter than 65,536 characters",
  ],
  [
    "it is a link",
    {
      prepare: async (artifact) => {
        await Deno.rename(`${artifact}/comment.md`, `${artifact}/other.md`);
        await Deno.symlink("other.md", `${artifact}/comment.md`);
      },
    },
    "comment.md must be a file",
  ],
  [
    "it is not there",
    { prepare: (artifact) => Deno.remove(`${artifact}/comment.md`) },
    "comment.md must be a file",
  ],
];

for (const [when, changed, message] of REFUSED) {
  Deno.test(needing("bash", `the comment is refused when ${when}`), async () => {
    const ran = await runWorkflow(changed);
    assertEquals(ran, { code: 1, text: `::error::Cannot comment: ${message}\n`, changes: [] });
  });
}

Deno.test(
  needing("bash", "the comment is refused when another commit is the head of the pull request"),
  async () => {
    assertEquals(await runWorkflow({ number: "8" }), {
      code: 0,
      text: "::notice::No comment: another commit than the checked one is the head of pull request 8\n",
      changes: [],
    });
    assertEquals(await runWorkflow({ number: "9" }), {
      code: 1,
      text: "gh: Not Found (HTTP 404)\n",
      changes: [],
    });
  },
);

Deno.test(needing("bash", "a comment of almost 65,536 characters is taken"), async () => {
  const comment = `${COMMENT_MARK}\n${"e".repeat(65_000)}`;
  const { code, changes } = await runWorkflow({ comment });
  assertEquals([code, changes.length], [0, 1]);
});
