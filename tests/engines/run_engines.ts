import { LOCK } from "../setup/test_files.ts";
import { ENGINES } from "./engines.ts";

/**
 * Runs the program on every engine of this machine and compares what they find with the committed digest.
 *
 *     deno task test:engines [--require deno,node,bun,chromium,arm64] [--write sha256,statistics,newer]
 *
 * An engine that is not installed is skipped by name, and is a failure if it is required. `--write` commits digests of
 * Deno. Those of nets are right only together with a new numerics version; no result depends on statistics.
 */
const FILES = {
  sha256: new URL("../golden/engines_sha256.txt", import.meta.url),
  statistics: new URL("../golden/statistics_sha256.txt", import.meta.url),
  newer: new URL("../golden/newer_sha256.txt", import.meta.url),
} as const;

/** The name of a digest in messages; that of nets is in a column of its own. */
const TITLES = { sha256: "", statistics: "statistics are ", newer: "what is newer is " } as const;

const NAMES = ["sha256", "statistics", "newer"] as const;

const required = new Set(valueOf("--require")?.split(",") ?? []);
const folder = await Deno.makeTempDir();
const program = await bundle(folder);
const written = new Set(valueOf("--write")?.split(",") ?? []);
const expected: Record<string, string> = {};
for (const name of NAMES) expected[name] = await readDigest(FILES[name]);
let failures = 0;
let passes = 0;
let skips = 0;

console.log(row(["engine", "version", "kernels", "SHA-256", ""]));
for (const engine of ENGINES) {
  let told: readonly string[];
  try {
    const outcome = await engine.run({ program, folder });
    if (outcome === null) {
      const isRequired = required.has(engine.key);
      isRequired ? failures++ : skips++;
      told = ["", "", "", isRequired ? "FAILED: required, and not installed" : "skipped: not installed"];
    } else {
      const { version, result } = outcome;
      for (const name of NAMES.filter((name) => passes === 0 && written.has(name))) {
        await Deno.writeTextFile(FILES[name], `${result[name]}\n`);
        expected[name] = result[name];
      }
      const other = NAMES.find((name) => result[name] !== expected[name]);
      other === undefined ? passes++ : failures++;
      told = [
        version,
        result.kernels,
        result.sha256.slice(0, 16),
        other === undefined ? "ok" : failureOf(other, result),
      ];
    }
  } catch (error) {
    failures++;
    told = ["", "", "", `FAILED: ${error instanceof Error ? error.message : error}`];
  }
  console.log(row([engine.name, ...told]));
}
await Deno.remove(folder, { recursive: true });
console.log(`engines: ${passes} passed, ${failures} failed, ${skips} skipped`);
Deno.exit(failures > 0 || passes === 0 ? 1 : 0);

function failureOf(
  name: typeof NAMES[number],
  result: Readonly<Record<typeof NAMES[number], string>>,
): string {
  const found = name === "sha256" ? "" : `${TITLES[name]}${result[name].slice(0, 16)}, `;
  return `FAILED: ${found}expected ${expected[name].slice(0, 16)}`;
}

function row([engine, version, kernels, sha256, verdict]: readonly string[]): string {
  return [engine.padEnd(27), version.padEnd(16), kernels.padEnd(10), sha256.padEnd(18), verdict].join(" ")
    .trimEnd();
}

function valueOf(flag: string): string | undefined {
  const at = Deno.args.indexOf(flag);
  return at === -1 ? undefined : Deno.args[at + 1];
}

async function readDigest(file: URL): Promise<string> {
  return (await Deno.readTextFile(file).catch(() => "")).trim();
}

/** Bundles the program for engines that know neither TypeScript nor packages. */
async function bundle(folder: string): Promise<string> {
  const path = `${folder}/bundle.js`;
  const entry = new URL("main.ts", import.meta.url).pathname;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["bundle", LOCK, "--quiet", "--platform", "browser", "--output", path, entry],
  });
  const { success, stderr } = await command.output();
  if (!success) throw new Error(`Cannot bundle the program: ${new TextDecoder().decode(stderr)}`);
  return await Deno.readTextFile(path);
}
