import { assertEquals, assertLessOrEqual } from "@std/assert";
import { filesBelow } from "../publish/files_below.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const MOST_PACKAGES = 60;
const MOST_BYTES = 40e6;

/** Packages of npm in a cache of Deno's, and what they take on the disk. */
async function npmPackages(cache: string): Promise<{ readonly count: number; readonly bytes: number }> {
  let [count, bytes] = [0, 0];
  for await (const path of filesBelow(`${cache}/npm`)) {
    bytes += (await Deno.stat(`${cache}/npm${path}`)).size;
    if (/^\/[^/]+\/(@[^/]+\/)?[^/@]+\/\d[^/]*\/package\.json$/.test(path)) count++;
  }
  return { count, bytes };
}

Deno.test("a first command fetches at most 60 packages, and none of the queue, of ONNX or of charts", async () => {
  const cache = await Deno.makeTempDir();
  try {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "list"],
      cwd: ROOT,
      env: { DENO_DIR: cache },
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const { count, bytes } = await npmPackages(cache);
    assertLessOrEqual(count, MOST_PACKAGES);
    assertLessOrEqual(bytes, MOST_BYTES);
    assertEquals(count > 10, true, `${count} packages were counted`);
    const [registry] = [...Deno.readDirSync(`${cache}/npm`)].map(({ name }) => name);
    const names = [...Deno.readDirSync(`${cache}/npm/${registry}`)].map(({ name }) => name);
    assertEquals(names.filter((name) => ["bullmq", "ioredis", "onnx-proto", "vega"].includes(name)), []);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});
