// Several sources together: the tests of all kernels again, under the flags that the launcher sets.
import { assert, assertEquals } from "@std/assert";
import { LOCK } from "../../setup/test_files.ts";

const ROOT = new URL("../../../", import.meta.url);
const V8_FLAGS = /--v8-flags=\S+/.exec(await Deno.readTextFile(new URL("deno.json", ROOT)))![0];
const FILES = ["tests/kernels/contract/kernels_test.ts", "tests/kernels/together/training_test.ts"];

Deno.test(`kernels keep the twin's bits under ${V8_FLAGS}`, async () => {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["test", LOCK, "--allow-all", V8_FLAGS, ...FILES],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  });
  const { code, stdout, stderr } = await command.output();
  const text = new TextDecoder().decode(stdout);
  assertEquals(code, 0, text + new TextDecoder().decode(stderr));
  assert(Number(/(\d+) passed/.exec(text)?.[1]) > 700, text.slice(-200));
});
