import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { SECURITY_HEADERS } from "../../lib/dashboard/http/guard.ts";
import { randomToken, serveDashboard } from "../../lib/dashboard/serve_dashboard.ts";
import { encodeRecord } from "../../lib/journal/journal_record.ts";
import { historyCsv } from "../../lib/report/files/history_csv.ts";
import { stableJson } from "../../lib/report/files/stable_json.ts";
import { trialsCsv } from "../../lib/report/files/trials_csv.ts";
import { doneEvents } from "../report/fakes.ts";
import { EVENTS, GRID, startLine, storyOf } from "./fakes.ts";

const TOKEN = "0123456789abcdef";

/** Runs a test against a dashboard of one experiment, which may write more into its folder of results. */
function serving(test: (url: string, resultsDir: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const resultsDir = await Deno.makeTempDir();
    const { summary } = storyOf(EVENTS);
    const files = {
      "summary.json": stableJson(summary),
      "trials.csv": trialsCsv(summary),
      "history.csv": historyCsv(GRID, { events: EVENTS }),
    };
    await Deno.mkdir(`${resultsDir}/fake_question`);
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${resultsDir}/fake_question/${name}`, text);
    }
    await Deno.writeTextFile(`${resultsDir}/secret.txt`, "secret");
    const ended = new AbortController();
    const { url, finished } = serveDashboard({ resultsDir, port: 0, token: TOKEN, signal: ended.signal });
    try {
      await test(url, resultsDir);
    } finally {
      ended.abort();
      await finished;
      await Deno.remove(resultsDir, { recursive: true });
    }
  };
}

/** Sends a request as it stands, which fetch would tidy, and returns the status and the text of the answer. */
async function send(url: string, { path, host }: { path: string; host?: string }): Promise<[number, string]> {
  const { hostname, port, host: own } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const lines = [`GET ${path} HTTP/1.1`, `Host: ${host ?? own}`, "Connection: close", "", ""];
  await connection.write(new TextEncoder().encode(lines.join("\r\n")));
  const text = await new Response(connection.readable).text();
  return [Number(text.split(" ")[1]), text];
}

const NO_PAGE = "Cannot answer: there is no such page.";
const ANSWERS: readonly (readonly [path: string, status: number, text: string])[] = [
  ["", 200, "fake_question"],
  ["experiment/fake_question", 200, "Which rate?"],
  ["assets/page.css", 200, ":root"],
  ["compare?side=fake_question&side=fake_question", 200, "Comparison"],
  ["experiment/fake_question/history", 200, "History of the results"],
  ["experiment/fake_question/history/more", 404, NO_PAGE],
  ["nowhere", 404, '<nav aria-label="Seedbed">'],
  ["compare?side=fake_question", 400, "Cannot compare: choose two or more experiments."],
  [
    "compare?side=fake_question&side=x@--output=y",
    400,
    "Cannot compare: a side must be NAME or NAME@REVISION, found &quot;x@--output=y&quot;",
  ],
  ["compare?side=fake_question&side=../secret", 400, "found &quot;../secret&quot;"],
  ["compare?side=fake_question&side=gone", 400, "it holds no summary.json"],
  ["report/fake_question", 404, "Cannot answer: there is no report yet."],
  ...[
    "experiment/",
    "experiment/gone",
    "experiment/..%2f..%2fsecret.txt",
    "experiment/fake_question/live/more",
    "report/..%2fsecret.txt",
    "assets/../secret.txt",
    "assets/constructor",
    "secret.txt",
    "constructor",
  ].map((path) => [path, 404, NO_PAGE] as const),
  // What points upwards is resolved before anyone looks: to the list, and to an address without the token.
  ["experiment/..", 200, "fake_question"],
  ["experiment/%2e%2e", 200, "fake_question"],
  [
    "report/../../secret.txt",
    404,
    "Cannot answer: the address must have the token that the command printed.",
  ],
];

for (const [path, status, text] of ANSWERS) {
  Deno.test(
    `serveDashboard() answers ${status} when /${path} is asked for`,
    serving(async (url) => {
      const [found, answer] = await send(url, { path: `/${TOKEN}/${path}` });
      assertEquals(found, status, answer);
      assertStringIncludes(answer, text);
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
        assertStringIncludes(answer, `${name}: ${value}`);
      }
    }),
  );
}

Deno.test(
  "serveDashboard() refuses another token, another host and what would write",
  serving(async (url) => {
    assertEquals((await send(url, { path: "/" }))[0], 404);
    assertEquals((await send(url, { path: `/${TOKEN.toUpperCase()}/` }))[0], 404);
    assertEquals((await send(url, { path: `/${TOKEN}/`, host: "evil.example" }))[0], 403);
    const posted = await fetch(url, { method: "POST", body: "x" });
    assertEquals([posted.status, await posted.text()], [
      405,
      "Cannot answer: the dashboard is read-only.\n",
    ]);
  }),
);

Deno.test(
  "serveDashboard() can be reached by 127.0.0.1 alone",
  serving(async (url) => {
    const port = Number(new URL(url).port);
    const others = Deno.networkInterfaces().map(({ address }) => address)
      .filter((address) => address !== "127.0.0.1" && !address.startsWith("fe80:"));
    const reached: string[] = [];
    for (const hostname of ["127.0.0.2", "::1", ...others]) {
      try {
        (await Deno.connect({ hostname, port })).close();
        reached.push(hostname);
      } catch {
        // Nobody listens there.
      }
    }
    assertEquals(reached, []);
  }),
);

Deno.test(
  "serveDashboard() streams what a page shows, and outlives streams that break off",
  serving(async (url) => {
    for (const path of ["live", "experiment/fake_question/live"]) {
      for (let round = 0; round < 3; round++) {
        const answer = await fetch(`${url}${path}`);
        assertEquals(answer.headers.get("content-type"), "text/event-stream");
        const reader = answer.body!.getReader();
        const text = new TextDecoder().decode((await reader.read()).value);
        assertStringIncludes(text, "data: {");
        await reader.cancel();
      }
    }
    const answer = await fetch(url);
    assertEquals([answer.status, (await answer.text()).includes("fake_question")], [200, true]);
  }),
);

Deno.test(
  "serveDashboard() lists the end of a run that it listed in progress",
  serving(async (url, resultsDir) => {
    const append = (name: string, text: string) =>
      Deno.writeTextFile(`${resultsDir}/fake_question/${name}`, text, { append: true });
    const state = async () => (await (await fetch(url)).text()).match(/<td>((?:running|here)[^<]*)/)?.[1];
    const records = [...EVENTS, ...doneEvents("0.3-0", 0.25)].map(encodeRecord);
    await append("activity.jsonl", `${JSON.stringify(startLine())}\n`);
    await append("journal.jsonl", records[0]);
    assertStringIncludes(await state() ?? "", "running");
    await append("journal.jsonl", records.slice(1).join(""));
    await append("activity.jsonl", `${JSON.stringify({ type: "closed", at: 2000, status: "complete" })}\n`);
    assertEquals(await state(), "here");
  }),
);

const SUMMARY = stableJson(storyOf(EVENTS).summary);

/** What may stand in the place of a file: a text, bytes, a folder, or a link to itself. */
type Damage = string | Uint8Array | "a folder" | "a loop";

/** Every byte twice over, and no line end behind the last. */
const BINARY = Uint8Array.from({ length: 512 }, (_, index) => index * 7);

const DAMAGES: readonly (readonly [what: string, files: Readonly<Record<string, Damage>>, found: string])[] =
  [
    ["an empty summary", { "summary.json": "" }, "summary.json: it must be JSON, found an empty file"],
    [
      "a summary with the marks of a merge",
      { "summary.json": `<<<<<<< HEAD\n${SUMMARY}=======\n${SUMMARY}>>>>>>> theirs\n` },
      "summary.json: it must be JSON, found the marks of a merge conflict on line 1",
    ],
    ["a summary that is a list", { "summary.json": "[]" }, "it must be a summary of format 1 or 2, found []"],
    [
      "a summary without fields",
      { "summary.json": '{"format":1}' },
      "summary.json: experiment must be an object",
    ],
    [
      "a summary whose winner is a number",
      { "summary.json": SUMMARY.replace(/"winner": \{/, '"winner": 3, "was": {') },
      "summary.json: winner must be an object or null, found 3",
    ],
    [
      "a folder called summary.json",
      { "summary.json": "a folder" },
      "summary.json: it must be a file, found a folder",
    ],
    ["a summary that is a link to itself", { "summary.json": "a loop" }, "summary.json: Too many"],
    [
      "a damaged history",
      {
        "summary.json": SUMMARY,
        "history.csv": `${historyCsv(GRID, { events: EVENTS })}x,1e9,a\r\n<<<<<<<\r\n`,
      },
      "history.csv: line 5 and 1 more are damaged",
    ],
    [
      "a history that is a folder",
      { "summary.json": SUMMARY, "history.csv": "a folder" },
      "history.csv: Is a",
    ],
    [
      "a damaged journal",
      { "summary.json": SUMMARY, "journal.jsonl": '{"record":{"type":"epoch"}}\n\0\n{"record":null}\n' },
      "journal.jsonl: line 1 and 2 more are damaged",
    ],
    [
      "a journal with an epoch beyond all",
      {
        "summary.json": SUMMARY,
        "journal.jsonl": `{"record":${JSON.stringify({ ...EVENTS[0], epoch: 1e12 })}}\n`,
      },
      "journal.jsonl: line 1 is damaged",
    ],
    [
      "a journal that is a folder",
      { "summary.json": SUMMARY, "journal.jsonl": "a folder" },
      "journal.jsonl: Is a",
    ],
    [
      "damaged activity",
      {
        "summary.json": SUMMARY,
        "activity.jsonl": '{"type":"run"}\nnull\n{"type":"note","at":1,"message":2}\n',
      },
      "activity.jsonl: line 1 and 2 more are damaged",
    ],
    [
      "activity that is a folder",
      { "summary.json": SUMMARY, "activity.jsonl": "a folder" },
      "activity.jsonl: Is a",
    ],
    ["a report that is a folder", { "summary.json": "", "report.html": "a folder" }, "an empty file"],
    ["a summary that is binary", { "summary.json": BINARY }, "summary.json: it must be JSON, found"],
    [
      "a journal that is binary",
      { "summary.json": SUMMARY, "journal.jsonl": BINARY },
      "journal.jsonl: line 1 and 1 more are damaged",
    ],
    [
      "all files damaged",
      {
        "summary.json": "{",
        "history.csv": BINARY,
        "journal.jsonl": BINARY,
        "activity.jsonl": "a folder",
        "specs.jsonl": "a folder",
        "notes.md": "a folder",
        "report.html": "a folder",
      },
      "activity.jsonl: Is a",
    ],
    ["damaged settings", { "summary.json": "", "specs.jsonl": "{\n<<<<\n" }, "an empty file"],
  ];

Deno.test(
  "serveDashboard() shows the other experiments where the files of one are damaged, and names what is",
  serving(async (url, resultsDir) => {
    for (const [index, [what, files]] of DAMAGES.entries()) {
      const folder = `${resultsDir}/damaged_${index}`;
      await Deno.mkdir(folder);
      for (const [name, damage] of Object.entries(files)) {
        const path = `${folder}/${name}`;
        if (damage === "a folder") await Deno.mkdir(path);
        else if (damage === "a loop") await Deno.symlink(path, path);
        else if (typeof damage === "string") await Deno.writeTextFile(path, damage);
        else await Deno.writeFile(path, damage);
      }
      // The list follows a run that goes on from its journal, and an experiment's page always.
      const stream = await fetch(`${url}experiment/damaged_${index}/live`);
      const reader = stream.body!.getReader();
      await reader.read();
      await reader.cancel();
      for (const page of ["", `experiment/damaged_${index}`]) {
        const answer = await fetch(url + page);
        const text = await answer.text();
        assertEquals([what, page, answer.status], [what, page, 200], text);
        assertStringIncludes(text, `Cannot read ${folder}/`, what);
      }
    }
    const text = await (await fetch(url)).text();
    assertStringIncludes(text, "<td>1 of 3");
    for (const [what, , found] of DAMAGES) assertStringIncludes(text, found, what);
    for (const path of ["experiment/fake_question", "compare?side=fake_question&side=fake_question"]) {
      const answer = await fetch(url + path);
      assertEquals([path, answer.status], [path, 200]);
      assertEquals((await answer.text()).includes("damaged"), false);
    }
    const live = (await fetch(`${url}experiment/fake_question/live`)).body!.pipeThrough(
      new TextDecoderStream(),
    );
    let streamed = "";
    for await (const part of live) {
      streamed += part;
      if (streamed.includes('"charts":')) break;
    }
    assertStringIncludes(streamed, "<svg");
    const report = await fetch(`${url}report/damaged_14`);
    assertEquals(report.status, 400);
    assertStringIncludes(await report.text(), "report.html: it must be a file, found a folder");
  }),
);

Deno.test(
  "serveDashboard() throws when the port is taken",
  serving((url) => {
    const port = Number(new URL(url).port);
    const error = assertThrows(
      () => serveDashboard({ resultsDir: "", port, token: TOKEN, signal: new AbortController().signal }),
      InputError,
    );
    assertEquals(
      error.message,
      `Cannot serve the dashboard: port ${port} must be free, found it in use; --port 0 takes any free port`,
    );
    return Promise.resolve();
  }),
);

Deno.test("randomToken() returns 128 bits as hexadecimal digits, others each time", () => {
  const tokens = Array.from({ length: 100 }, randomToken);
  assertEquals(tokens.filter((token) => !/^[0-9a-f]{32}$/.test(token)), []);
  assertEquals(new Set(tokens).size, 100);
});
