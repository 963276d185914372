import { assertEquals } from "@std/assert";
import { pythonFolder } from "./find_tool.ts";
import type { Ended } from "./run_program.ts";
import { setUp } from "./set_up.ts";
import { TOOL_NAMES, type ToolName, TOOLS } from "./tools.ts";

/** A machine, and what a set-up does on it. */
interface Machine {
  readonly isRoot?: boolean;
  /** Default: true. */
  readonly installs?: boolean;
  /** Default: none. */
  readonly missing?: readonly ToolName[];
  /** Commands that fail: how they begin or what they contain, and what they say. */
  readonly failing?: Readonly<Record<string, string>>;
}

interface Done {
  /** What was run, but for questions about versions. */
  readonly commands: readonly string[];
  /** What was written about tools that were missing. */
  readonly lines: readonly string[];
}

const FOLDER = pythonFolder(TOOLS.safetensors.pythonPackage!);
const APT = "apt-get -o Acquire::http::Timeout=20 -o Acquire::Retries=1 -o DPkg::Lock::Timeout=60";
const UPDATE = `${APT} update -qq`;
const install = (...packages: readonly string[]) =>
  `env DEBIAN_FRONTEND=noninteractive ${APT} install -y -qq --no-install-recommends ${packages.join(" ")}`;
const PIP = "python3 -m pip install --quiet --disable-pip-version-check --no-input --no-deps " +
  `--target ${FOLDER} safetensors==0.8.0`;

/** Sets a machine up on which a command that installs a tool, and does not fail, makes it appear. */
async function setUpOn(
  { isRoot = true, installs = true, missing = [], failing = {} }: Machine,
): Promise<Done> {
  const commands: string[] = [];
  const lines: string[] = [];
  const absent = new Set<ToolName>(missing);
  const run = (words: readonly string[]): Promise<Ended> => {
    const command = words.join(" ");
    if (words[0].startsWith("/")) return Promise.resolve({ success: true, out: "tool 1.2.3\n", error: "" });
    commands.push(command);
    const error = Object.entries(failing).find(([part]) => command.includes(part))?.[1];
    if (error !== undefined) return Promise.resolve({ success: false, out: "", error });
    for (const name of missing) if (brings(command, name)) absent.delete(name);
    return Promise.resolve({ success: true, out: "", error: "" });
  };
  await setUp({
    isRoot,
    installs,
    run,
    write: (text) => lines.push(text),
    find: (name) => absent.has(name) ? null : `/usr/bin/${TOOLS[name].programs[0][0]}`,
  });
  const ofMissing = (line: string) =>
    line.startsWith("installing") || missing.some((name) => line.startsWith(`${name} `));
  return { commands, lines: lines.filter(ofMissing).map((line) => line.trimEnd()) };
}

function brings(command: string, name: ToolName): boolean {
  const { debian, pythonPackage } = TOOLS[name];
  if (pythonPackage !== undefined) return command.includes(`${pythonPackage.name}==`);
  return command.includes(" install ") && debian.every((one) => command.split(" ").includes(one));
}

interface Case extends Machine, Done {
  readonly when: string;
}

const CASES: readonly Case[] = [
  { when: "nothing is missing", commands: [], lines: [] },
  {
    when: "the user is root",
    missing: ["redis", "chromium"],
    commands: ["apt-get --version", UPDATE, install("redis-server", "redis-tools", "chromium")],
    lines: [
      "installing through apt: redis-server, redis-tools, chromium",
      "redis        /usr/bin/redis-server, 1.2.3, installed from Debian's redis-server, redis-tools",
      "chromium     /usr/bin/chromium, 1.2.3, installed from Debian's chromium",
    ],
  },
  {
    when: "sudo does not ask",
    isRoot: false,
    missing: ["redis"],
    commands: [
      "apt-get --version",
      "sudo -n true",
      `sudo -n ${UPDATE}`,
      `sudo -n ${install("redis-server", "redis-tools")}`,
    ],
    lines: [
      "installing through apt: redis-server, redis-tools",
      "redis        /usr/bin/redis-server, 1.2.3, installed from Debian's redis-server, redis-tools",
    ],
  },
  {
    when: "sudo asks for a password",
    isRoot: false,
    missing: ["redis"],
    failing: { "sudo -n": "sudo: a password is required\n" },
    commands: ["apt-get --version", "sudo -n true"],
    lines: ["redis        missing (apt-get needs root); to install it: HINT redis-server redis-tools"],
  },
  {
    when: "there is no apt-get",
    missing: ["chromium"],
    failing: { "apt-get": "No such file or directory" },
    commands: ["apt-get --version"],
    lines: ["chromium     missing (there is no apt-get); to install it: HINT chromium"],
  },
  {
    when: "the lists cannot be fetched, and those at hand do",
    missing: ["chromium"],
    failing: { "update": "E: no network" },
    commands: ["apt-get --version", UPDATE, install("chromium")],
    lines: [
      "installing through apt: chromium",
      "chromium     /usr/bin/chromium, 1.2.3, installed from Debian's chromium",
    ],
  },
  {
    when: "one package cannot be had",
    missing: ["redis", "chromium"],
    failing: { "recommends redis-server": "Reading…\nE: Unable to locate package redis-server\n" },
    commands: [
      "apt-get --version",
      UPDATE,
      install("redis-server", "redis-tools", "chromium"),
      install("redis-server", "redis-tools"),
      install("chromium"),
    ],
    lines: [
      "installing through apt: redis-server, redis-tools, chromium",
      "redis        missing (apt-get: E: Unable to locate package redis-server); " +
      "to install it: HINT redis-server redis-tools",
      "chromium     /usr/bin/chromium, 1.2.3, installed from Debian's chromium",
    ],
  },
  {
    when: "a package of Python's is missing",
    missing: ["safetensors"],
    commands: ["python3 -m pip --version", PIP],
    lines: [
      "installing through pip: safetensors",
      "safetensors  /usr/bin/python3, 1.2.3, installed by pip",
    ],
  },
  {
    when: "a package of Python's and pip are missing",
    missing: ["safetensors"],
    failing: { "pip --version": "No module named pip" },
    commands: ["python3 -m pip --version", "apt-get --version", UPDATE, install("python3-pip"), PIP],
    lines: [
      "installing through apt: python3-pip",
      "installing through pip: safetensors",
      "safetensors  /usr/bin/python3, 1.2.3, installed by pip",
    ],
  },
  {
    when: "pip cannot be had",
    isRoot: false,
    missing: ["safetensors"],
    failing: { "pip --version": "No module named pip", "sudo": "sudo: a password is required" },
    commands: ["python3 -m pip --version", "apt-get --version", "sudo -n true"],
    lines: [`safetensors  missing (python3 has no pip; apt-get needs root); to install it: ${PIP}`],
  },
  {
    when: "pip fails",
    missing: ["safetensors"],
    failing: { "pip install": "WARNING: retrying\nERROR: No matching distribution found\n" },
    commands: ["python3 -m pip --version", PIP],
    lines: [
      "installing through pip: safetensors",
      `safetensors  missing (pip: ERROR: No matching distribution found); to install it: ${PIP}`,
    ],
  },
  {
    when: "Python itself cannot be had",
    missing: ["python3", "safetensors"],
    failing: { "apt-get": "" },
    commands: ["apt-get --version"],
    lines: [
      "python3      missing (there is no apt-get); to install it: HINT python3",
      `safetensors  missing (there is no python3); to install it: ${PIP}`,
    ],
  },
  {
    when: "it must not install",
    installs: false,
    missing: ["redis"],
    commands: [],
    lines: ["redis        missing; to install it: HINT redis-server redis-tools"],
  },
];

for (const { when, commands, lines, ...machine } of CASES) {
  Deno.test(`setUp() installs what it can and says what became of it when ${when}`, async () => {
    const done = await setUpOn(machine);
    // The command to type depends on who runs the tests; installHint() has a test of its own.
    const hinted = done.lines.map((line) => line.replace(/(sudo )?apt-get install -y/, "HINT"));
    assertEquals({ commands: done.commands, lines: hinted }, { commands, lines });
  });
}

Deno.test("setUp() writes one line per tool, in the order of the tools", async () => {
  const lines: string[] = [];
  const states = await setUp({
    isRoot: true,
    run: () => Promise.resolve({ success: true, out: "", error: "Python 3.11.2" }),
    write: (text) => lines.push(text),
    find: () => "/bin/it",
  });
  assertEquals(states.map(({ name }) => name), TOOL_NAMES);
  assertEquals(lines, TOOL_NAMES.map((name) => `${name.padEnd(11)}  /bin/it, 3.11.2\n`));
});
