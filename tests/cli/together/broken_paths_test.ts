// Several sources together: every command, given paths that the system refuses.
import { assertEquals } from "@std/assert";
import { main } from "../../../lib/cli/main.ts";
import { createLink, createPaint } from "../../../lib/cli/terminal/terminal.ts";
import { EXPERIMENT } from "../../runner/fakes.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;

/** Runs a command in this process; returns its exit code and what it wrote besides results. */
async function run(...args: readonly string[]): Promise<readonly [code: number, error: string]> {
  const errors: string[] = [];
  const code = await main(args, {
    write: () => {},
    writeError: (text) => void errors.push(text),
    control: () => {},
    textError: (text) => text,
    isInteractive: false,
    columns: null,
    columnsError: null,
    paint: createPaint(false),
    link: createLink(false),
    paintError: createPaint(false),
  });
  return [code, errors.join("")];
}

/** Runs a test in a folder with a file, an experiment, a loop of links, a pipe and folders by any name. */
function inMess(test: (folder: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${folder}/file`, "no folder");
      await Deno.writeTextFile(`${folder}/blobs_rate.ts`, EXPERIMENT);
      await Deno.symlink(`${folder}/loop.csv`, `${folder}/pool.csv`);
      await Deno.symlink(`${folder}/pool.csv`, `${folder}/loop.csv`);
      await Deno.mkdir(`${folder}/folder.csv`);
      await new Deno.Command("mkfifo", { args: [`${folder}/pipe.csv`] }).output();
      await test(folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  };
}

const LONG = "n".repeat(300);

/** Paths that the system refuses, whatever is to be done to them. */
const REFUSED: readonly (readonly [path: string, reason: string])[] = [
  ["file/x.csv", "Not a directory (os error 20)"],
  ["loop.csv", "Too many levels of symbolic links (os error 40)"],
  [`${LONG}.csv`, "File name too long (os error 36)"],
  ["a\0b.csv", "file name contained an unexpected NUL byte"],
];

/** Returns a path as messages have it. */
function shown(path: string): string {
  const cut = path.length > 200 ? `${path.slice(0, 100)}...${path.slice(-100)}` : path;
  return cut.includes("\0") ? JSON.stringify(cut) : cut;
}

interface Use {
  readonly what: string;
  readonly args: (path: string, folder: string) => readonly string[];
  /** What the message says of the path. Default: that it cannot be read. */
  readonly action?: string;
  /** The file below the path that is looked for. Default: the path itself. */
  readonly below?: string;
}

const USES: readonly Use[] = [
  { what: "an experiment", args: (path) => ["run", path], action: "load" },
  { what: "an experiment to bisect", args: (path) => ["bisect", path, "--good", "HEAD~1"], action: "load" },
  { what: "an experiment of a report", args: (path) => ["report", path], action: "load" },
  {
    what: "--results",
    args: (path, folder) => ["run", `${folder}/blobs_rate.ts`, "--results", path],
    action: "write",
    below: "blobs_rate/journal.jsonl",
  },
  { what: "--experiments", args: (path) => ["list", "--experiments", path] },
  { what: "a folder of shards", args: (path) => ["merge", path, "--results", "out"] },
  { what: "one side of a difference", args: (path) => ["diff", path, "results"] },
  { what: "the other side of a difference", args: (path) => ["diff", `${ROOT}results/iris_csv`, path] },
  { what: "--junit", args: (path) => ["check", "none.ts", "--junit", path] },
  { what: "--json", args: (path) => ["merge", "none", "--results", "out", "--json", path] },
  { what: "--benchmark", args: (path) => ["check", "none.ts", "--benchmark", path] },
  { what: "a model", args: (path) => ["predict", path, "rows.csv"] },
];

for (const { what, args, action = "read", below } of USES) {
  Deno.test(
    `main() exits with 2 and gives path and reason when the system refuses the path of ${what}`,
    inMess(async (folder) => {
      for (const [name, reason] of REFUSED) {
        const path = `${folder}/${name}`;
        const file = below === undefined ? path : `${path}/${below}`;
        const found = await run(...args(path, folder));
        assertEquals(found, [2, `error: Cannot ${action} ${shown(file)}: ${reason}\n`]);
      }
    }),
  );
}

Deno.test(
  "main() exits with 2 when a folder, a device or a pipe is where a file must be, and waits for none",
  inMess(async (folder) => {
    const [folderPath, pipe] = [`${folder}/folder.csv`, `${folder}/pipe.csv`];
    const cases: readonly (readonly [args: readonly string[], message: string])[] = [
      [["run", folderPath], `Cannot load ${folderPath}: it must be a file, found a folder`],
      [["run", pipe], `Cannot load ${pipe}: it must be a file, found a device or a pipe`],
      [["predict", folderPath, "a.csv"], `Cannot read ${folderPath}: it must be a file, found a folder`],
      [["predict", pipe, "a.csv"], `Cannot read ${pipe}: it must be a file, found a device or a pipe`],
      [
        ["predict", "/dev/zero", "a.csv"],
        "Cannot read /dev/zero: it must be a file, found a device or a pipe",
      ],
      [
        ["check", "none.ts", "--junit", folderPath],
        `Cannot write findings to ${folderPath}: --junit must be a file, found a folder`,
      ],
      [
        ["check", "none.ts", "--json", pipe],
        `Cannot write ${pipe}: it must be a file, found a device or a pipe`,
      ],
      [
        ["check", "none.ts", "--benchmark", "/dev/null"],
        "Cannot write /dev/null: it must be a file, found a device or a pipe",
      ],
    ];
    for (const [args, message] of cases) assertEquals(await run(...args), [2, `error: ${message}\n`]);
    assertEquals((await Deno.stat("/dev/null")).isFile, false);
  }),
);

Deno.test("main() exits with 2 when an operand is empty", async () => {
  const cases: readonly (readonly [args: readonly string[], operands: string, at: number])[] = [
    [["run", ""], "FILE…", 1],
    [["predict", "", "a.csv"], "MODEL FILE…", 1],
    [["predict", "model", ""], "MODEL FILE…", 2],
    [["diff", "results", ""], "A B", 2],
    [["merge", "", "--results", "out"], "DIR…", 1],
    [["init", ""], "[DIR]", 1],
  ];
  for (const [args, operands, at] of cases) {
    assertEquals(await run(...args), [
      2,
      `error: Cannot read ${operands}: operand ${at} of ${args[0]} must not be empty\n`,
    ]);
  }
});

Deno.test(
  "check notes a step summary that cannot be written, and exits as it would without",
  inMess(async (folder) => {
    const args = [`${ROOT}experiments/blobs_smoke.ts`, "--results", `${ROOT}results`];
    const before = Deno.env.get("GITHUB_STEP_SUMMARY");
    try {
      const cases: readonly (readonly [path: string, reason: string])[] = [
        ["folder.csv", "Is a directory (os error 21)"],
        ["pipe.csv", "it must be a file"],
        ...REFUSED.slice(0, 3),
      ];
      for (const [name, reason] of cases) {
        const path = `${folder}/${name}`;
        Deno.env.set("GITHUB_STEP_SUMMARY", path);
        const found = await run("check", ...args, "--current", `${ROOT}results`);
        assertEquals(found, [0, `note: the step summary ${shown(path)} was not written, ${reason}\n`]);
      }
    } finally {
      if (before === undefined) Deno.env.delete("GITHUB_STEP_SUMMARY");
      else Deno.env.set("GITHUB_STEP_SUMMARY", before);
    }
  }),
);
