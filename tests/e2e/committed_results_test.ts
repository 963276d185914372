import { assert, assertEquals } from "@std/assert";
import { committedFiles } from "../runner/fakes.ts";
import { LOCK } from "../setup/test_files.ts";

const ROOT = new URL("../../", import.meta.url);

/** Ways of running that must all end in the committed bytes; float32 kernels of each kind among them. */
const WAYS: readonly (readonly [experiment: string, flags: readonly string[]])[] = [
  ["blobs_smoke", ["--workers", "1"]],
  ["blobs_smoke", ["--workers", "2"]],
  ["blobs_smoke", ["--workers", "3", "--kernels", "emulated"]],
  ["blobs_smoke", ["--workers", "2", "--kernels", "twin"]],
  ["iris_csv", ["--workers", "2"]],
];

for (const [experiment, flags] of WAYS) {
  // The launcher adds V8's flags for speed, which must not change a bit.
  for (const program of ["lib/cli/launch.ts", "lib/cli/main.ts"]) {
    Deno.test(`${program} run ends in the committed bytes: ${[experiment, ...flags].join(" ")}`, async () => {
      const folder = await Deno.makeTempDir();
      try {
        const command = new Deno.Command(Deno.execPath(), {
          args: ["run", LOCK, "--allow-all", program, "run", `experiments/${experiment}.ts`]
            .concat("--results", folder, flags),
          cwd: ROOT,
          stdout: "null",
          stderr: "piped",
        });
        const { code, stderr } = await command.output();
        assertEquals(code, 0, new TextDecoder().decode(stderr));
        const committed = await committedFiles(new URL(`results/${experiment}`, ROOT).pathname);
        const found = await committedFiles(`${folder}/${experiment}`);
        assertEquals(Object.keys(found), Object.keys(committed));
        for (const [name, content] of Object.entries(found)) assert(content === committed[name], name);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    });
  }
}
