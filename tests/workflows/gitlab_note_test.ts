import { assertEquals, assertStringIncludes } from "@std/assert";
import { COMMENT_MARK } from "../../lib/report/gate/check_comment.ts";
import { needing } from "../setup/needing.ts";
import { projectFile } from "./every_workflow.ts";
import { type RanScript, runScript } from "./run_script.ts";
import { parsePipeline } from "./workflow.ts";

const { script } = parsePipeline(projectFile(".gitlab-ci.yml"))["seedbed-comment"];
const COMMENT = `${COMMENT_MARK}\n## ❌ Seedbed: 1 lost accuracy, says @team\n`;
const PIPELINE_LINE =
  "\n[This pipeline](https://gitlab.example/a/b/-/pipelines/9) has the results; `baseline --from` accepts them without training.\n";
const SENT = COMMENT.replace("@", "@\u200b") + PIPELINE_LINE;

interface Note {
  readonly id: number;
  readonly author: { readonly id: number };
  readonly body: string;
}

interface Case {
  readonly notes?: readonly Note[];
  readonly comment?: string;
  readonly token?: string;
  /** What GitLab answers to a change. Default: 200. */
  readonly status?: number;
}

const ME = 12;
const note = (id: number, by: number, body: string): Note => ({ id, author: { id: by }, body });

/** Runs the job's script with a server that stands for GitLab's. */
async function runJob(
  { notes = [], comment = COMMENT, token = "secret", status = 200 }: Case,
): Promise<RanScript & { readonly changes: readonly (readonly string[])[] }> {
  const changes: string[][] = [];
  const answer = async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    if (request.headers.get("PRIVATE-TOKEN") !== token) return new Response("{}", { status: 401 });
    if (request.method !== "GET") {
      changes.push([request.method, pathname, (await request.json()).body]);
      return new Response("{}", { status });
    }
    if (pathname === "/api/v4/user") return Response.json({ id: ME });
    const [count, page] = ["per_page", "page"].map((name) => Number(searchParams.get(name)));
    return Response.json(notes.slice(count * (page - 1), count * page));
  };
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/seedbed`);
    await Deno.writeTextFile(`${folder}/seedbed/comment.md`, comment);
    const env = {
      SEEDBED_TOKEN: token,
      CI_API_V4_URL: `http://127.0.0.1:${server.addr.port}/api/v4`,
      CI_MERGE_REQUEST_PROJECT_ID: "5",
      CI_MERGE_REQUEST_IID: "7",
      CI_PIPELINE_URL: "https://gitlab.example/a/b/-/pipelines/9",
    };
    return { ...await runScript(script, { folder, env }), changes };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const NOTES = "/api/v4/projects/5/merge_requests/7/notes";

Deno.test(needing("bash", "the note is created where there is none of the token's own"), async () => {
  const notes = [note(1, 99, `${COMMENT_MARK}\nnot ours`), note(2, ME, "about something else")];
  assertEquals(await runJob({ notes }), { code: 0, text: "", changes: [["POST", NOTES, SENT]] });
});

Deno.test(needing("bash", "the note is updated where there is one, on whatever page"), async () => {
  const others = Array.from({ length: 200 }, (_, i) => note(i + 1, 99, "hello"));
  const notes = [...others, note(900, ME, `${COMMENT_MARK}\nolder`), note(901, ME, COMMENT_MARK)];
  assertEquals(await runJob({ notes }), { code: 0, text: "", changes: [["PUT", `${NOTES}/900`, SENT]] });
});

Deno.test(
  needing("bash", "a merge request that changes no experiment gets no note, and an updated one"),
  async () => {
    const comment = `${COMMENT_MARK}\n## ✅ Seedbed: nothing to check\n`;
    assertEquals(await runJob({ comment }), { code: 0, text: "", changes: [] });
    const { changes } = await runJob({ comment, notes: [note(3, ME, COMMENT)] });
    assertEquals(changes, [["PUT", `${NOTES}/3`, comment + PIPELINE_LINE]]);
  },
);

Deno.test(needing("bash", "no note is written, and this is said, where there is no token"), async () => {
  assertEquals(await runJob({ token: "" }), {
    code: 0,
    text: "No comment: SEEDBED_TOKEN must hold a project access token (role Reporter, scope api)\n",
    changes: [],
  });
});

Deno.test(needing("bash", "the job of the note fails where GitLab refuses it"), async () => {
  const { code, text } = await runJob({ status: 403 });
  assertEquals(code, 1);
  assertStringIncludes(
    text,
    `Cannot comment: GitLab must take POST ${NOTES.slice("/api/v4".length)}, found 403`,
  );
  assertEquals(text.includes("secret"), false);
});
