import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { sha256Hex } from "../../../lib/core/numbers/digest.ts";
import { packagedFile, type PackagedOptions } from "../../../lib/data/table/packaged_file.ts";
import { packTarball } from "../tiny_source.ts";

const BYTES = new TextEncoder().encode("x,y\n1,a\n2,b\n");
const SHA256 = sha256Hex(BYTES);

interface Stage {
  readonly options: PackagedOptions;
  /** Paths that the registry was asked for. */
  readonly asked: readonly string[];
}

/** Runs a test with a cache of its own and a registry on this machine that has a package with a table. */
async function withStage(run: (stage: Stage) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const tarball = await packTarball({ "t.csv": BYTES });
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    asked.push(new URL(request.url).pathname);
    return new Response(tarball as Uint8Array<ArrayBuffer>);
  });
  const before = Deno.env.get("NPM_CONFIG_REGISTRY");
  Deno.env.set("NPM_CONFIG_REGISTRY", `http://127.0.0.1:${server.addr.port}`);
  try {
    await run({ options: { sha256: SHA256, cacheDir: `${folder}/cache` }, asked });
  } finally {
    if (before === undefined) Deno.env.delete("NPM_CONFIG_REGISTRY");
    else Deno.env.set("NPM_CONFIG_REGISTRY", before);
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

for (
  const [name, path] of [["tables", "/tables/-/tables-1.2.3.tgz"], [
    "@own/tables",
    "/@own/tables/-/tables-1.2.3.tgz",
  ]]
) {
  Deno.test(`packagedFile() fetches a file of ${name} once, and again when the kept one was altered`, async () => {
    await withStage(async ({ options, asked }) => {
      const file = `npm:${name}@1.2.3/data/t.csv`;
      for (let load = 0; load < 2; load++) {
        const kept = await packagedFile(file, options);
        assertEquals(await Deno.readFile(kept), BYTES);
        await packagedFile(file, options);
        assertEquals(asked, Array(load + 1).fill(path));
        assertEquals([...Deno.readDirSync(options.cacheDir)].map((entry) => entry.name), [
          `${SHA256.slice(0, 16)}-t.csv`,
        ]);
        await Deno.writeTextFile(kept, "x,y\n");
      }
    });
  });
}

Deno.test("packagedFile() refuses another content than the declared one, and a file that the package lacks", async () => {
  await withStage(async ({ options }) => {
    const wrong = { ...options, sha256: "0".repeat(64) };
    await assertRejects(
      () => packagedFile("npm:tables@1.2.3/data/t.csv", wrong),
      InputError,
      `Cannot use data: npm:tables@1.2.3/data/t.csv must have the SHA-256 ${wrong.sha256}, which data.sha256 declares, found ${SHA256}`,
    );
    await assertRejects(
      () => packagedFile("npm:tables@1.2.3/data/u.csv", options),
      InputError,
      "Cannot read data: npm:tables@1.2.3/data/u.csv: file not found",
    );
    assertEquals([...Deno.readDirSync(options.cacheDir)], []);
  });
});

Deno.test("packagedFile() takes the file from a folder when one is given, and fetches nothing", async () => {
  await withStage(async ({ options, asked }) => {
    const folder = await Deno.makeTempDir();
    await Deno.writeFile(`${folder}/t.csv`, BYTES);
    assertEquals(
      await packagedFile("npm:tables@1.2.3/data/t.csv", { ...options, folder }),
      `${folder}/t.csv`,
    );
    await Deno.writeTextFile(`${folder}/t.csv`, "x");
    await assertRejects(
      () => packagedFile("npm:tables@1.2.3/data/t.csv", { ...options, folder }),
      InputError,
    );
    assertEquals(asked, []);
    await Deno.remove(folder, { recursive: true });
  });
});
