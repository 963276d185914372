import { LOCK } from "../setup/test_files.ts";
import { ENGINES } from "./engines.ts";

/**
 * Runs the program on every engine of this machine and compares what they find with the committed digest.
 *
 *     deno task test:engines [--require deno,node,bun,chromium,arm64] [--write] [--write-statistics]
 *
 * An engine that is not installed is skipped by name, and is a failure if it is required. `--write` commits Deno's
 * digest, which is right only together with a new numerics version; `--write-statistics` that of the statistics.
 */
const DIGEST_FILE = new URL("../golden/engines_sha256.txt", import.meta.url);
/** The digest of statistics, which may change without a new numerics version: no result depends on it. */
const STATISTICS_FILE = new URL("../golden/statistics_sha256.txt", import.meta.url);

const required = new Set(valueOf("--require")?.split(",") ?? []);
const folder = await Deno.makeTempDir();
const program = await bundle(folder);
const expected = await readDigest(DIGEST_FILE);
let expectedStatistics = await readDigest(STATISTICS_FILE);
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
      const { version, result: { kernels, sha256, statistics } } = outcome;
      if (Deno.args.includes("--write") && passes === 0) await Deno.writeTextFile(DIGEST_FILE, `${sha256}\n`);
      if (Deno.args.includes("--write-statistics") && passes === 0) {
        await Deno.writeTextFile(STATISTICS_FILE, `${statistics}\n`);
        expectedStatistics = statistics;
      }
      const isSame = sha256 === expected && statistics === expectedStatistics;
      isSame ? passes++ : failures++;
      told = [
        version,
        kernels,
        sha256.slice(0, 16),
        isSame
          ? "ok"
          : sha256 === expected
          ? `FAILED: statistics are ${statistics.slice(0, 16)}, expected ${expectedStatistics.slice(0, 16)}`
          : `FAILED: expected ${expected.slice(0, 16)}`,
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
