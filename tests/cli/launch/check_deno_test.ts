import { assertEquals, assertThrows } from "@std/assert";
import { checkDeno, DENO_VERSION, takesV8Flags } from "../../../lib/cli/launch/check_deno.ts";
import { InputError } from "../../../lib/core/check/errors.ts";

Deno.test("checkDeno() notes another version than the one Seedbed is tested with, and refuses what is too old", () => {
  assertEquals(checkDeno(DENO_VERSION), null);
  for (const version of ["2.8.0", "2.10.0", "3.0.0", "2.9.6-rc.1"]) {
    assertEquals(checkDeno(version), `Seedbed is tested with Deno 2.9.6, found ${version}`);
  }
  for (const version of ["2.7.14", "1.46.3"]) {
    assertEquals(
      assertThrows(() => checkDeno(version), InputError).message,
      `Cannot run with Deno ${version}: it must be Deno 2.8 or later; Seedbed is tested with 2.9.6, which npx -y ` +
        "deno@2.9.6 starts",
    );
  }
});

Deno.test("takesV8Flags() is true for flags that V8 knows only", async () => {
  const deno = Deno.execPath();
  assertEquals(await takesV8Flags(["--no-liftoff"], { deno }), true);
  assertEquals(await takesV8Flags(["--no-liftoff", "--nonsense"], { deno }), false);
});

Deno.test("the version of Deno is the same in the README, in CI and in the action", async () => {
  for (const path of ["README.md", ".ci/run", "action.yml", ".github/workflows/accuracy.yml"]) {
    const text = await Deno.readTextFile(new URL(`../../../${path}`, import.meta.url));
    const versions = [...text.matchAll(/deno(?:@|-version: |\s)v?(\d+\.\d+\.\d+)|^version=(\S+)/gim)].map((
      match,
    ) => match[1] ?? match[2]);
    assertEquals([...new Set(versions)], [DENO_VERSION], path);
  }
});
