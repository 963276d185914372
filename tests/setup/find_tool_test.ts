import { assertEquals } from "@std/assert";
import { findTool } from "./find_tool.ts";
import { installHint } from "./install_hint.ts";
import { hasTools, needing } from "./needing.ts";
import { TOOL_NAMES, type ToolName } from "./tools.ts";

interface Case {
  readonly what: string;
  readonly tool: ToolName;
  readonly environment?: Readonly<Record<string, string>>;
  readonly there: readonly string[];
  /** Default: true. */
  readonly hasPackage?: boolean;
  readonly found: string | null;
}

const CASES: readonly Case[] = [
  { what: "the first folder has it", tool: "git", there: ["/a/git", "/b/git"], found: "/a/git" },
  { what: "the second folder has it", tool: "git", there: ["/b/git"], found: "/b/git" },
  { what: "no folder has it", tool: "git", there: ["/c/git"], found: null },
  {
    what: "both programs are there",
    tool: "redis",
    there: ["/a/redis-cli", "/b/redis-server"],
    found: "/b/redis-server",
  },
  { what: "one of its programs is missing", tool: "redis", there: ["/a/redis-server"], found: null },
  { what: "it has another name", tool: "chromium", there: ["/b/google-chrome"], found: "/b/google-chrome" },
  {
    what: "two of its names are there",
    tool: "chromium",
    there: ["/a/google-chrome", "/b/chromium"],
    found: "/b/chromium",
  },
  {
    what: "a variable names it",
    tool: "chromium",
    environment: { CHROMIUM: "/c/chrome" },
    there: ["/a/chromium", "/c/chrome"],
    found: "/c/chrome",
  },
  {
    what: "a variable names nothing that is there",
    tool: "chromium",
    environment: { CHROMIUM: "/c/chrome" },
    there: ["/a/chromium"],
    found: null,
  },
  {
    what: "the variable is empty",
    tool: "chromium",
    environment: { CHROMIUM: "" },
    there: ["/a/chromium"],
    found: "/a/chromium",
  },
  { what: "Python has the package", tool: "safetensors", there: ["/a/python3"], found: "/a/python3" },
  {
    what: "Python lacks the package",
    tool: "safetensors",
    there: ["/a/python3"],
    hasPackage: false,
    found: null,
  },
];

for (const { what, tool, environment = {}, there, hasPackage = true, found } of CASES) {
  Deno.test(`findTool() gives ${found ?? "null"} for ${tool} when ${what}`, () => {
    const variables: Readonly<Record<string, string>> = { PATH: "/a::/b", ...environment };
    const surroundings = {
      environment: (name: string) => variables[name],
      isProgram: (path: string) => there.includes(path),
      hasPackage: () => hasPackage,
    };
    assertEquals(findTool(tool, surroundings), found);
  });
}

Deno.test("findTool() finds a program of this machine, and no file or folder that cannot be started", () => {
  const folder = Deno.makeTempDirSync();
  const before = Deno.env.get("PATH")!;
  try {
    Deno.env.set("PATH", folder);
    Deno.writeTextFileSync(`${folder}/git`, "", { mode: 0o644 });
    Deno.mkdirSync(`${folder}/bash`);
    assertEquals([findTool("git"), findTool("bash")], [null, null]);
    Deno.chmodSync(`${folder}/git`, 0o755);
    assertEquals(findTool("git"), `${folder}/git`);
  } finally {
    Deno.env.set("PATH", before);
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("needing() leaves a test out and names the tools when some are missing", () => {
  const has = (tool: ToolName) => tool !== "redis" && tool !== "openssl";
  assertEquals(needing("git", "a test", { has }), { name: "a test", ignore: false });
  assertEquals(needing("redis", "a test", { has }), { name: "a test (needs redis)", ignore: true });
  assertEquals(needing(["redis", "git", "openssl"], "a test", { has }), {
    name: "a test (needs redis, openssl)",
    ignore: true,
  });
});

Deno.test("hasTools() agrees with findTool()", () => {
  assertEquals(TOOL_NAMES.map((name) => hasTools(name)), TOOL_NAMES.map((name) => findTool(name) !== null));
});

Deno.test("installHint() gives one command to type", () => {
  const hint = (tools: readonly ToolName[], os: typeof Deno.build.os, isRoot: boolean) =>
    installHint(tools, { os, isRoot });
  assertEquals(hint(["redis"], "linux", true), "apt-get install -y redis-server redis-tools");
  assertEquals(hint(["git", "chromium"], "linux", false), "sudo apt-get install -y git chromium");
  assertEquals(
    hint(["redis", "chromium"], "darwin", false),
    "brew install redis && brew install --cask chromium",
  );
});
