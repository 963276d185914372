import { assertEquals } from "@std/assert";

const ROOT = new URL("../../", import.meta.url);
const COMMITTED = ["trials.csv", "history.csv", "summary.json", "report.md"];

/** Ways of running that must all end in the committed bytes; float32 kernels of each kind among them. */
const WAYS: readonly (readonly [experiment: string, flags: readonly string[]])[] = [
  ["blobs_smoke", ["--workers", "1"]],
  ["blobs_smoke", ["--workers", "2"]],
  ["blobs_smoke", ["--workers", "3", "--kernels", "emulated"]],
  ["blobs_smoke", ["--workers", "2", "--kernels", "twin"]],
  ["iris_csv", ["--workers", "2"]],
];

const V8_FLAGS = /--v8-flags=\S+/.exec(await Deno.readTextFile(new URL("deno.json", ROOT)))![0];

for (const [experiment, flags] of WAYS) {
  for (const v8Flags of [[V8_FLAGS], []]) {
    Deno.test(`run ends in the committed bytes: ${[experiment, ...flags, ...v8Flags].join(" ")}`, async () => {
      const folder = await Deno.makeTempDir();
      try {
        const command = new Deno.Command(Deno.execPath(), {
          args: ["run", ...v8Flags, "--allow-all", "lib/cli/main.ts", "run", `experiments/${experiment}.ts`]
            .concat("--results", folder, flags),
          cwd: ROOT,
          stdout: "null",
          stderr: "piped",
        });
        const { code, stderr } = await command.output();
        assertEquals(code, 0, new TextDecoder().decode(stderr));
        for (const file of COMMITTED) {
          const committed = await Deno.readTextFile(new URL(`results/${experiment}/${file}`, ROOT));
          assertEquals(await Deno.readTextFile(`${folder}/${experiment}/${file}`), committed, file);
        }
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    });
  }
}
