import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { cacheDir } from "../../lib/files/cache_dir.ts";

Deno.test("cacheDir() follows the environment of each system", () => {
  const home = { HOME: "/home/a" };
  const cases: readonly (readonly [typeof Deno.build.os, Record<string, string>, string])[] = [
    ["linux", { ...home, SEEDBED_CACHE: "/c", XDG_CACHE_HOME: "/x" }, "/c"],
    ["linux", { ...home, XDG_CACHE_HOME: "/x" }, "/x/seedbed"],
    ["linux", { ...home, SEEDBED_CACHE: "", XDG_CACHE_HOME: "" }, "/home/a/.cache/seedbed"],
    ["darwin", home, "/home/a/Library/Caches/seedbed"],
    ["windows", { LOCALAPPDATA: "C:\\local" }, "C:\\local/seedbed"],
  ];
  for (const [os, variables, expected] of cases) {
    assertEquals(cacheDir({ os, environment: (name) => variables[name] }), expected);
  }
  assertThrows(
    () => cacheDir({ os: "linux", environment: () => undefined }),
    InputError,
    "Cannot find the cache folder: SEEDBED_CACHE must name one if there is no home folder",
  );
});
