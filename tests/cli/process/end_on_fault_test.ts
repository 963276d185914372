import { assertEquals, assertStringIncludes } from "@std/assert";
import { LOCK } from "../../setup/test_files.ts";

const ROOT = new URL("../../../", import.meta.url);

interface Ended {
  readonly code: number;
  readonly error: string;
}

/** Runs a module of the given text, which may import from the project's root as ROOT. */
async function runModule(text: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, text.replaceAll("ROOT/", ROOT.href));
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", LOCK, "--allow-all", "--no-check", "--config", new URL("deno.json", ROOT).pathname, file],
      env: { NO_COLOR: "1", ...env },
    }).output();
    return { code, error: new TextDecoder().decode(stderr) };
  } finally {
    await Deno.remove(file);
  }
}

const GUARDED = `import { endOnFault } from "ROOT/lib/cli/process/end_on_fault.ts";
import { systemTerminal } from "ROOT/lib/cli/terminal/terminal.ts";
import { InputError } from "ROOT/lib/core/check/errors.ts";
endOnFault(systemTerminal(), { verbose: false });
setTimeout(() => {}, 60_000);
`;

const FAULTS: readonly (readonly [name: string, text: string, code: number, error: string])[] = [
  ["a promise that nobody awaits", 'Promise.reject(new Error("lost promise"));', 70, "lost promise\n    at "],
  ["a timer", 'setTimeout(() => { throw new Error("late"); }, 1);', 70, "late\n    at "],
  ["what is no error", 'Promise.reject("a text");', 70, "error: a text\n"],
  ["a promise with wrong input", 'Promise.reject(new InputError("Cannot x: y"));', 2, "error: Cannot x: y\n"],
  [
    "a worker",
    `new Worker("data:application/javascript,throw new Error('in a worker')", { type: "module" });`,
    70,
    "in a worker",
  ],
];

for (const [name, text, code, message] of FAULTS) {
  Deno.test(`endOnFault() ends the process with ${code} when an error comes from ${name}`, async () => {
    const ended = await runModule(GUARDED + text);
    assertEquals(ended.code, code, ended.error);
    assertStringIncludes(ended.error, message);
  });
}

const LAUNCHED = `import { runLaunch } from "ROOT/lib/cli/launch/run_launch.ts";
const launch = { config: null, isQuiet: false, permissions: { read: [], write: [], net: [], env: [], run: [], sys: [],
  ffi: [], import: [] }, v8Flags: [], environment: {} };
Deno.exit(await runLaunch(launch as never, { args: [], seedbed: new URL("ROOT/"), deno: DENO } as never));
`;

for (const [code, seen] of [[0, 0], [1, 70], [101, 1], [2, 2], [70, 70], [130, 130]]) {
  Deno.test({
    name: `runLaunch() returns ${seen} when the command's process ends with ${code}`,
    ignore: Deno.build.os === "windows",
    fn: async () => {
      const deno = await Deno.makeTempFile();
      try {
        await Deno.writeTextFile(deno, `#!/bin/sh\nexit ${code}\n`, { mode: 0o755 });
        await Deno.chmod(deno, 0o755);
        const ended = await runModule(LAUNCHED.replace("DENO", JSON.stringify(deno)));
        assertEquals(ended.code, seen, ended.error);
      } finally {
        await Deno.remove(deno);
      }
    },
  });
}

Deno.test("endWith() ends with 101 for a launcher when results differ, and with 1 without one", async () => {
  const text = `import { endWith } from "ROOT/lib/cli/process/end_on_fault.ts";\nendWith(1);\n`;
  assertEquals((await runModule(text, { SEEDBED_LAUNCHER: "1" })).code, 101);
  assertEquals((await runModule(text)).code, 1);
});
