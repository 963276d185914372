import { assertEquals, assertStringIncludes } from "@std/assert";
import { SEEDBED_VERSION } from "../../lib/core/facts/seedbed_version.ts";
import { writeOwnProject } from "../e2e/own_project.ts";
import { LOCK } from "../setup/test_files.ts";
import { filesBelow } from "./files_below.ts";
import { startRegistry } from "./local_registry.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const STANDARD = ["assert", "cli", "csv"].map((name) => `${ROOT}lib/std/${name}`);
const TOP = ["CHANGELOG.md", "LICENSE", "README.md", "deno.json", "mod.ts"];
// deno publish demands each file that its module graph has, and `links` of deno.json brings these into it.
const LINKED = /^lib\/std\/(cli|csv)\/\w+\.ts$/;

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function runDeno(
  args: readonly string[],
  { cwd = ROOT, env = {} }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** Makes a cache of Deno's that shares nothing but npm packages with the one of this process. */
async function makeCache(folder: string): Promise<void> {
  const { npmCache } = JSON.parse((await runDeno(["info", "--json"])).stdout);
  await Deno.mkdir(folder);
  await Deno.symlink(npmCache, `${folder}/npm`);
}

Deno.test("deno publish takes mod.ts, lib and what describes them, without slow types", async () => {
  const { code, stderr } = await runDeno(["publish", "--dry-run", "--no-check", "--allow-dirty"]);
  assertEquals(code, 0, stderr);
  const published = [...stderr.matchAll(/^ +file:\/\/(\S+) \(/gm)].map(([, path]) => path.slice(ROOT.length));
  const inLib = (await Array.fromAsync(filesBelow(`${ROOT}lib`))).map((path) => `lib${path}`);
  const lib = inLib.filter((path) => !path.startsWith("lib/std/") || LINKED.test(path))
    .filter((path) => path !== "lib/deno.lock");
  assertEquals(published.toSorted(), [...TOP, ...lib].toSorted());
});

Deno.test("every export of deno.json is documented", async () => {
  const { exports } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  // The command line is not meant to be imported.
  const modules = Object.entries<string>(exports).filter(([name]) => name !== "./cli").map(([, path]) =>
    path
  );
  const { code, stderr } = await runDeno(["doc", LOCK, "--quiet", "--lint", ...modules]);
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
});

Deno.test("a published Seedbed runs a project of one's own, with the @std packages of JSR", async () => {
  const folder = await Deno.makeTempDir();
  await using registry = await startRegistry(STANDARD);
  const env = { JSR_URL: registry.url, DENO_DIR: `${folder}/cache` };
  const cwd = `${folder}/project`;
  try {
    await makeCache(env.DENO_DIR);
    const publish = await runDeno(
      ["publish", "--no-check", "--allow-dirty", "--no-provenance", "--token=x"],
      { env },
    );
    assertEquals(publish.code, 0, publish.stderr);

    await writeOwnProject(cwd, { version: SEEDBED_VERSION });
    const ran = await runDeno(["run", "-A", "jsr:@seedbed/seedbed/cli", "run", "experiments/tiny.ts"], {
      cwd,
      env,
    });
    assertEquals(ran.code, 0, ran.stderr);
    assertStringIncludes(await Deno.readTextFile(`${cwd}/results/tiny/report.html`), "<style>");

    const executed = await runDeno(["x", "-y", "jsr:@seedbed/seedbed/cli", "list"], { cwd, env });
    assertEquals(executed.code, 0, executed.stderr);
    assertStringIncludes(executed.stdout, "tiny");

    const made = await runDeno(["x", "-y", "jsr:@seedbed/seedbed/cli", "init", "new"], { cwd: folder, env });
    assertEquals(made.code, 0, made.stderr);
    const { imports, links } = JSON.parse(await Deno.readTextFile(`${folder}/new/deno.json`));
    assertEquals(imports, { "@seedbed/seedbed": `jsr:@seedbed/seedbed@${SEEDBED_VERSION}` });
    assertEquals(links, undefined);
    const started = await runDeno(["task", "start"], { cwd: `${folder}/new`, env });
    assertEquals(started.code, 0, started.stderr);
    assertStringIncludes(started.stdout, "results/spirals/report.html");

    // What a command loads besides, its launcher does not name.
    const loaded = `${registry.url}@seedbed/seedbed/${SEEDBED_VERSION}/lib/cli/run/run_loaded.ts`;
    const packages = new Set<string>();
    for (const module of ["jsr:@seedbed/seedbed/cli", loaded]) {
      const info = await runDeno(["info", "--json", module], { cwd, env });
      const { modules } = JSON.parse(info.stdout) as {
        readonly modules: readonly { readonly specifier: string }[];
      };
      const standard = modules.map(({ specifier }) => specifier).filter((url) => /\/(@std|std)\//.test(url));
      for (const url of standard) packages.add(url.slice(registry.url.length).split("/", 2).join("/"));
    }
    assertEquals([...packages].toSorted(), ["@std/cli", "@std/csv"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
