import { assertEquals } from "@std/assert";
import { LOCK } from "../../../setup/test_files.ts";

const ROOT = new URL("../../../../", import.meta.url);

interface GraphModule {
  readonly specifier: string;
  readonly npmPackage?: string;
  readonly dependencies?: readonly GraphDependency[];
}

interface GraphDependency {
  readonly isDynamic?: boolean;
  readonly code?: { readonly specifier: string };
}

/** Returns what is loaded with a module before it asks for more. */
async function loadedWith(entry: string): Promise<readonly string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", LOCK, "--json", new URL(entry, ROOT).pathname],
    cwd: ROOT.pathname,
  }).output();
  const { modules, redirects } = JSON.parse(new TextDecoder().decode(stdout)) as {
    readonly modules: readonly GraphModule[];
    readonly redirects: Readonly<Record<string, string>>;
  };
  const bySpecifier = new Map(modules.map((module) => [module.specifier, module]));
  const loaded = new Set([new URL(entry, ROOT).href]);
  for (const specifier of loaded) {
    for (const { isDynamic, code } of bySpecifier.get(specifier)?.dependencies ?? []) {
      if (code !== undefined && isDynamic !== true) loaded.add(redirects[code.specifier] ?? code.specifier);
    }
  }
  return [...loaded];
}

for (const entry of ["lib/cli/run/run_loaded.ts", "mod.ts"]) {
  Deno.test(`${entry} loads neither BullMQ nor ioredis nor what uses them before a queue is asked for`, async () => {
    const loaded = await loadedWith(entry);
    assertEquals(loaded.some((specifier) => specifier.includes("seedrandom")), true);
    assertEquals(loaded.filter((specifier) => /bullmq|ioredis|trial_runner|submission/.test(specifier)), []);
  });
}

Deno.test("loadBullmq() asks for no permission, and leaves the environment as it was", async () => {
  const program = new URL("../load_program.ts", import.meta.url).pathname;
  const audit = await Deno.makeTempFile();
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", LOCK, "--no-prompt", "--allow-env=SEEDBED_CACHE", program],
    env: { SEEDBED_CACHE: "here", DENO_AUDIT_PERMISSIONS: audit },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assertEquals(
    text(stdout),
    "Queue, Redis, WaitingError, Worker; the cache is here\n",
    text(stderr),
  );
  const asked = (await Deno.readTextFile(audit)).trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(asked.map(({ permission, value }) => [permission, value]), [["env", "SEEDBED_CACHE"]]);
  await Deno.remove(audit);
});
