import type { VectorSet } from "../../lib/kernels/native/emit/vector_encodings.ts";
import { nativeHere } from "../../lib/kernels/native/memory/native.ts";
import { runInBrowser } from "./browser.ts";
import type { EngineKernels, EngineResult } from "./program.ts";

/** A JavaScript engine, and how it is started. */
export interface Engine {
  /** Such as "Node 20, arm64". */
  readonly name: string;
  /** What `--require` calls it. */
  readonly key: string;
  /** Which kernels are asked for. */
  readonly kernels: EngineKernels;
  /** Runs a script, or returns null if the engine is not on this machine. */
  readonly run: (script: EngineScript) => Promise<EngineOutcome | null>;
}

/** The bundled program. */
export interface EngineScript {
  /** Its text; it needs `seedbedKernels` and `seedbedReport` before it. */
  readonly program: string;
  /** A folder for files. */
  readonly folder: string;
}

/** What an engine made of the program. */
export interface EngineOutcome {
  readonly version: string;
  readonly result: EngineResult;
}

const ENGINES_FOLDER = Deno.env.get("SEEDBED_ENGINES") ?? `${Deno.env.get("HOME")}/.cache/seedbed/engines`;
const ARM64 = [
  "qemu-aarch64-static",
  "-L",
  `${ENGINES_FOLDER}/arm64/root`,
  `${ENGINES_FOLDER}/node_arm64/bin/node`,
];
const FAST = "--v8-flags=--experimental-wasm-revectorize,--no-wasm-bounds-checks";
const RELAXED = "--experimental-wasm-relaxed-simd";

/** The matrix. */
export const ENGINES: readonly Engine[] = [
  shell({ name: "Deno", key: "deno", command: [Deno.execPath(), "run"] }),
  shell({ name: "Deno, 256-bit", key: "deno", command: [Deno.execPath(), "run", FAST] }),
  native("avx512"),
  native("avx2"),
  shell({ name: "Deno", key: "deno", command: [Deno.execPath(), "run"], kernels: "emulated" }),
  shell({ name: "Deno", key: "deno", command: [Deno.execPath(), "run"], kernels: "twin" }),
  shell({ name: "Node", key: "node", command: ["node"] }),
  shell({ name: "Node, relaxed SIMD", key: "node", command: ["node", RELAXED] }),
  shell({ name: "Bun (JavaScriptCore)", key: "bun", command: [`${ENGINES_FOLDER}/bun/bin/bun`] }),
  browser({ name: "Chromium", key: "chromium", command: "chromium" }),
  browser({ name: "Firefox (SpiderMonkey)", key: "firefox", command: "firefox-esr" }),
  shell({ name: "Node, arm64", key: "arm64", command: ARM64 }),
  shell({ name: "Node, arm64, relaxed SIMD", key: "arm64", command: [...ARM64, RELAXED] }),
];

/** Machine code of an instruction set: not there where the processor or the system has none. */
function native(set: VectorSet): Engine {
  const engine = shell({
    name: "Deno, machine code",
    key: set,
    command: [Deno.execPath(), "run", "--allow-ffi"],
    kernels: set,
  });
  const isThere = nativeHere()?.sets.includes(set) ?? false;
  return { ...engine, run: (script) => isThere ? engine.run(script) : Promise.resolve(null) };
}

interface Shell {
  readonly name: string;
  readonly key: string;
  /** Words before the script's path; with "--version" after them they print the version. */
  readonly command: readonly string[];
  readonly kernels?: EngineKernels;
}

function shell({ name, key, command: [executable, ...args], kernels = "wasm" }: Shell): Engine {
  return {
    name,
    key,
    kernels,
    async run({ program, folder }) {
      const version = await tryOutput(executable, [
        ...args.filter((arg) => !/^(run|--v8|--allow)/.test(arg)),
        "--version",
      ]);
      if (version === null) return null;
      const path = `${folder}/program.mjs`;
      await Deno.writeTextFile(path, withSetting(program, { kernels, report: "console.log(result)" }));
      const output = await tryOutput(executable, [...args, path]);
      if (output === null) throw new Error(`Cannot run ${name}: it must be there, found it gone`);
      return { version: firstVersion(version), result: parseResult(output, name) };
    },
  };
}

interface Browser {
  readonly name: string;
  readonly key: "chromium" | "firefox";
  readonly command: string;
}

function browser({ name, key, command }: Browser): Engine {
  return {
    name,
    key,
    kernels: "wasm",
    async run({ program }) {
      const version = await tryOutput(command, ["--version"]);
      if (version === null) return null;
      const report = 'fetch("/result", { method: "POST", body: result })';
      const script = withSetting(program, { kernels: "wasm", report });
      const result = await runInBrowser(script, { command, kind: key });
      return { version: firstVersion(version), result: parseResult(result, name) };
    },
  };
}

function withSetting(
  program: string,
  { kernels, report }: { kernels: EngineKernels; report: string },
): string {
  const setting =
    `globalThis.seedbedKernels = "${kernels}"; globalThis.seedbedReport = (result) => { ${report} };`;
  return `${setting}\n${program}`;
}

function firstVersion(text: string): string {
  return /\d+(\.\d+)+/.exec(text)?.[0] ?? text.trim();
}

function parseResult(text: string, name: string): EngineResult {
  const result = JSON.parse(text.trim().split("\n").at(-1)!) as EngineResult | { readonly error: string };
  if ("error" in result) throw new Error(`Cannot run the program on ${name}: it threw, ${result.error}`);
  return result;
}

/** Returns what a command writes, or null if there is no such command. */
async function tryOutput(executable: string, args: readonly string[]): Promise<string | null> {
  try {
    const command = new Deno.Command(executable, {
      args: [...args],
      env: { NO_COLOR: "1" },
      stderr: "piped",
    });
    const { success, stdout, stderr } = await command.output();
    if (success) return new TextDecoder().decode(stdout);
    const reason = new TextDecoder().decode(stderr).trim();
    throw new Error(`Cannot run ${executable} ${args.join(" ")}: it must succeed, found ${reason}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
