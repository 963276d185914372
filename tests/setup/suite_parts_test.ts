import { assertEquals } from "@std/assert";
import { type SuiteChoice, suiteParts } from "./suite_parts.ts";
import { testFiles } from "./test_files.ts";

const FILES = [
  "tests/browser/page_test.ts",
  "tests/core/numbers/digest_test.ts",
  "tests/e2e/check_test.ts",
  "tests/engine/queue/faults_test.ts",
  "tests/runner/run_test.ts",
  "tests/tidy_test.ts",
];
const DOC = ["--doc", "mod.ts", "lib"];

interface Case extends Pick<SuiteChoice, "isQuick" | "args"> {
  readonly what: string;
  readonly parts: readonly (readonly string[])[];
}

const CASES: readonly Case[] = [
  {
    what: "each file and the documentation by themselves, slow ones first",
    isQuick: false,
    args: [],
    parts: [
      ["tests/runner/run_test.ts"],
      ["tests/e2e/check_test.ts"],
      ["tests/engine/queue/faults_test.ts"],
      ["tests/browser/page_test.ts"],
      ["tests/core/numbers/digest_test.ts"],
      ["tests/tidy_test.ts"],
      DOC,
    ],
  },
  {
    what: "no slow folder when it must be quick",
    isQuick: true,
    args: [],
    parts: [["tests/core/numbers/digest_test.ts"], ["tests/tidy_test.ts"], DOC],
  },
  {
    what: "one part of what is named",
    isQuick: false,
    args: ["tests/core", "--filter", "digest"],
    parts: [["tests/core", "--filter", "digest"]],
  },
  {
    what: "what is named, also when it is slow and it must be quick",
    isQuick: true,
    args: ["tests/e2e"],
    parts: [["tests/e2e"]],
  },
  {
    what: "one part of everything when there are flags alone",
    isQuick: false,
    args: ["--filter", "digest"],
    parts: [["--filter", "digest", ...DOC, ...FILES]],
  },
  {
    what: "one part of everything when a filter reads like a path",
    isQuick: false,
    args: ["--filter", "tests/e2e"],
    parts: [["--filter", "tests/e2e", ...DOC, ...FILES]],
  },
  {
    what: "one part of all quick files when there are flags and it must be quick",
    isQuick: true,
    args: ["--filter=digest"],
    parts: [["--filter=digest", ...DOC, "tests/core/numbers/digest_test.ts", "tests/tidy_test.ts"]],
  },
];

for (const { what, isQuick, args, parts } of CASES) {
  Deno.test(`suiteParts() gives ${what}`, () => {
    const isThere = (path: string) => path.startsWith("tests/");
    assertEquals(suiteParts({ isQuick, files: FILES, args, isThere }), parts);
  });
}

Deno.test("testFiles() lists this file and those of folders below, and nothing else than tests", () => {
  const files = testFiles();
  for (const path of ["tests/setup/suite_parts_test.ts", "tests/tidy_test.ts"]) {
    assertEquals(files.includes(path), true, path);
  }
  assertEquals(files.filter((path) => !/^tests\/(\w+\/)*\w+_test\.ts$/.test(path)), []);
});
