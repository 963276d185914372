import { assertEquals, assertLessOrEqual } from "@std/assert";
import { findCircles } from "./tidy/find_circles.ts";
import { FOLDERS, INNER_FOLDERS } from "./tidy/import_table.ts";
import { misplacedTests } from "./tidy/misplaced_tests.ts";
import { parseSource, readSource, readSources, ROOT } from "./tidy/sources.ts";
import { functionsOf, unusedExports } from "./tidy/syntax.ts";
import { wrongBetweenFolders, wrongInside } from "./tidy/wrong_imports.ts";

/** Folders that hold arithmetic, and pure functions of it. */
const PURE = ["core", "kernels", "nn", "experiment", "report", "export"];
const BELOW_THE_RUNNER = [...PURE, "data", "engine", "journal"];

const INEXACT =
  /\bMath\.(exp|expm1|log|log1p|log2|log10|sinh?|cosh?|tanh?|asinh?|acosh?|atanh?|atan2|pow|cbrt|hypot|random)\b| \*\*=? /;
const IMPURE = /\b(new Date|Date\.now|Date\(|performance\.)/;

const SOURCES = readSources("lib");
const PROJECT = SOURCES.filter(({ path }) => !path.startsWith("lib/std/"));
const TESTS = readSources("tests");
const PUBLIC = readSource("mod.ts");

/** The folder below lib. */
const folderOf = (path: string) => path.split("/")[1];

Deno.test("lib has only folders that the import table names", () => {
  const folders = new Set(PROJECT.map(({ path }) => folderOf(path)));
  assertEquals([...folders].filter((folder) => !Object.hasOwn(FOLDERS, folder)), []);
});

Deno.test("each folder of lib imports only what the import table lets it", () => {
  assertEquals(wrongBetweenFolders(PROJECT, FOLDERS), []);
});

Deno.test("inside a folder of lib, inner folders import only those that the table has below them", () => {
  assertEquals(wrongInside(PROJECT, INNER_FOLDERS), []);
});

Deno.test("every folder of lib that has folders has a row in the table of inner folders", () => {
  const withFolders = new Set(PROJECT.flatMap(({ path }) => {
    const parts = path.split("/");
    return parts.slice(3).map((_, i) => parts.slice(0, i + 2).join("/"));
  }));
  assertEquals([...withFolders].sort(), Object.keys(INNER_FOLDERS).sort());
});

Deno.test("the rules of imports catch what goes up, across and around", () => {
  const file = (path: string, ...imports: readonly string[]) =>
    parseSource(path, imports.map((it) => `import type { X } from "${it}";\n`).join(""));
  const up = [file("lib/core/text/a.ts", "../check/b.ts"), file("lib/core/text/b.ts", "../facts/a.ts")];
  assertEquals(wrongInside(up, INNER_FOLDERS), [
    "lib/core/text/a.ts imports lib/core/check/b.ts",
    "lib/core/text/b.ts imports lib/core/facts/a.ts",
  ]);
  assertEquals(wrongInside([file("lib/core/words/a.ts")], INNER_FOLDERS), [
    "lib/core/words/a.ts is in no inner folder that the table names",
  ]);
  assertEquals(wrongBetweenFolders([file("lib/nn/a.ts", "../journal/b.ts", "../data/c.ts")], FOLDERS), [
    "lib/nn/a.ts imports lib/journal/b.ts",
  ]);
  const around = [
    file("a.ts", "./b.ts"),
    file("b.ts", "./c.ts"),
    file("c.ts", "./b.ts", "./d.ts"),
    file("d.ts"),
  ];
  assertEquals(findCircles(around), [["b.ts", "c.ts", "b.ts"]]);
});

Deno.test("no files import each other in a circle, types included", () => {
  assertEquals(findCircles([...SOURCES, ...TESTS, PUBLIC]), []);
});

Deno.test("no folder of lib has more than 15 files side by side", () => {
  const counts = new Map<string, number>();
  for (const { path } of PROJECT) {
    const folder = path.slice(0, path.lastIndexOf("/"));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  assertEquals([...counts].filter(([, count]) => count > 15), []);
});

const MOST_LINES = 70;

Deno.test("no function of lib or the tests has more than 70 lines", () => {
  const long = [...PROJECT, ...TESTS].flatMap((source) =>
    functionsOf(source).filter(({ lines }) => lines > MOST_LINES).map(({ line, lines }) =>
      `${source.path}:${line} has ${lines} lines`
    )
  );
  assertEquals(long, []);
});

Deno.test("the rule against long functions counts the lines of functions, methods and arrow functions", () => {
  const body = "\n".repeat(MOST_LINES);
  const text = `function f() {${body}}\nconst g = () => {${body}};\nclass A {\n  h() {${body}}\n}\n`;
  assertEquals(functionsOf(parseSource("a.ts", text)), [
    { line: 1, lines: MOST_LINES + 1 },
    { line: MOST_LINES + 2, lines: MOST_LINES + 1 },
    { line: 2 * MOST_LINES + 4, lines: MOST_LINES + 1 },
  ]);
});

const { imports: IMPORTS, exports: EXPORTS } = JSON.parse(Deno.readTextFileSync(`${ROOT}deno.json`)) as {
  readonly imports: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
};

/** What others import, what programs load by a path of their own, and what only tests run. */
const ENTRIES: readonly string[] = [
  ...Object.values(EXPORTS).map((path) => path.slice(2)),
  "lib/cli/main.ts",
  // The inline engine is the one that tests hold the others against; the tasks run the other two.
  "lib/engine/inline.ts",
];

Deno.test("every export of lib is used", () => {
  const of = PROJECT.filter(({ path }) => !ENTRIES.includes(path));
  const isTest = (path: string) => path.startsWith("tests/");
  const unused = unusedExports([...SOURCES, ...TESTS, PUBLIC], { of, isTest });
  // The engine matrix runs AVX2 on processors that have AVX-512 too.
  assertEquals(unused.map(({ path, name }) => `${path}: ${name}`), [
    "lib/kernels/native/memory/native.ts: limitNative",
  ]);
});

Deno.test("the rule against unused exports finds values and types that nobody names", () => {
  const own = parseSource(
    "a.ts",
    "export const used = 1;\nexport const unused = 2;\nexport function tested() {}\n" +
      "export interface Options {}\nexport type Alone = 1;\nexport function takes(_: Options) {}\n",
  );
  const other = parseSource("b.ts", 'import { takes, used } from "./a.ts";\n');
  const test = parseSource("t_test.ts", 'import { tested } from "./a.ts";\n');
  const unused = unusedExports([own, other, test], { of: [own], isTest: (path) => path === "t_test.ts" });
  assertEquals(unused.map(({ name }) => name), ["unused", "tested", "Alone"]);
});

Deno.test("mod.ts holds re-exports only", () => {
  const { code } = PUBLIC;
  const rest = code.replace(/^export\s+(type\s+)?(\*|\{[^}]*\})\s+from\s+"";$/gm, "").trim();
  assertEquals(rest, "");
});

Deno.test("experiments import ../mod.ts only", () => {
  const wrong = readSources("experiments").flatMap(({ path, specifiers }) =>
    specifiers.filter((specifier) => specifier !== "../mod.ts").map((specifier) => `${path}: ${specifier}`)
  );
  assertEquals(wrong, []);
});

/** The one file below the data that knows Deno: it looks whether there is one. */
const MAPS_MEMORY = "lib/kernels/native/memory/code_memory.ts";

Deno.test("core, kernels, nn, experiment, report and export hold no Deno and no input or output", () => {
  const wrong = PROJECT.filter(({ path }) => PURE.includes(folderOf(path)) && path !== MAPS_MEMORY)
    .filter(({ code, specifiers }) =>
      /\bDeno\./.test(code) || specifiers.some((specifier) => specifier.startsWith("node:"))
    );
  assertEquals(wrong.map(({ path }) => path), []);
});

Deno.test("below the runner nothing calls what differs between engines, or a clock", () => {
  const wrong = PROJECT.filter(({ path }) => BELOW_THE_RUNNER.includes(folderOf(path))).flatMap((
    { path, code },
  ) =>
    code.split("\n").filter((line) => INEXACT.test(line) || IMPURE.test(line)).map((line) =>
      `${path}: ${line.trim()}`
    )
  );
  assertEquals(wrong, []);
});

Deno.test("the rule against inexact and impure calls catches each of them", () => {
  const caught = [
    "Math.exp(x)",
    "Math.pow(x, 2)",
    "x ** 2",
    "x **= 2",
    "Math.random()",
    "Math.log1p(x)",
    "Math.sin(x)",
  ];
  assertEquals(caught.filter((line) => !INEXACT.test(line)), []);
  assertEquals(["Date.now()", "new Date()", "performance.now()"].filter((line) => !IMPURE.test(line)), []);
  const exact = [
    "Math.sqrt(x)",
    "Math.fround(x)",
    "x * x",
    "Math.imul(x, 3)",
    "`**${text}**`",
    "expandGrid(x)",
  ];
  assertEquals(exact.filter((line) => INEXACT.test(line) || IMPURE.test(line)), []);
});

/** Tests of the engines with real threads or Redis, whatever sources take part. */
const OF_ENGINES: readonly string[] = [
  "tests/engine/engines_test.ts",
  "tests/engine/queue/bullmq_engine_test.ts",
  "tests/engine/queue/elastic_test.ts",
  "tests/engine/queue/faults_test.ts",
  "tests/engine/queue/refusals_test.ts",
];

Deno.test("each test in a folder of lib is named after the source that it tests, or says that it tests several", () => {
  assertEquals(misplacedTests(TESTS, { sources: SOURCES, exceptions: OF_ENGINES }), []);
});

Deno.test("the rule of tests' names catches one without a source, one that says nothing, and an exception that is gone", () => {
  const sources = [parseSource("lib/core/a.ts", "")];
  const tests = [
    parseSource("tests/core/a_test.ts", ""),
    parseSource("tests/core/b_test.ts", ""),
    parseSource("tests/core/together/c_test.ts", "// Several sources together: a and b.\n"),
    parseSource("tests/core/together/d_test.ts", ""),
    parseSource("tests/core/e_test.ts", ""),
    parseSource("tests/core/fakes.ts", ""),
    parseSource("tests/docs/f_test.ts", ""),
  ];
  const exceptions = ["tests/core/e_test.ts", "tests/core/g_test.ts"];
  assertEquals(misplacedTests(tests, { sources, exceptions }), [
    "tests/core/b_test.ts tests no source: lib/core/b.ts is missing",
    'tests/core/together/d_test.ts does not begin with "// Several sources together: "',
    "tests/core/g_test.ts is an exception that is not there",
  ]);
});

Deno.test("no file of lib has more than 300 lines", () => {
  const long = PROJECT.map(({ path, text }) => [path, text.split("\n").length - 1] as const)
    .filter(([, lines]) => lines > 300);
  assertEquals(long, []);
});

Deno.test("every file of lib is imported by another, or is an entry", () => {
  const imported = new Set([...SOURCES, PUBLIC].flatMap(({ imports }) => imports.map(({ path }) => path)));
  const dead = PROJECT.map(({ path }) => path).filter((path) =>
    !imported.has(path) && !ENTRIES.includes(path)
  );
  assertEquals(dead, []);
});

Deno.test("no file has a default export outside experiments, an enum or an any", () => {
  // A template may hold the text of an experiment.
  const wrong = PROJECT.map(({ path, code }) => ({ path, code: code.replace(/`(?:[^`\\]|\\.)*`/gs, "``") }))
    .filter(({ code }) => /^export default\b|^(export )?(const )?enum\b|[:<]\s*any\b|\bas any\b/m.test(code));
  assertEquals(wrong.map(({ path }) => path), []);
});

/** Pictures and figures of speech that plain words replace. */
const FIGURATIVE =
  /\b(desks?|seats?|shelf|shelves|house|machine room|(has|have|had) come|tells|wants|hears)\b/i;
/** A field of the queue's messages has kept its name, for workers of earlier versions; this file lists the words. */
const KEPT_WORDS = [
  ...["lib/engine/queue/channel/report.ts", "tests/engine/queue/channel/run_channel_test.ts"],
  "tests/tidy_test.ts",
];
const GUIDES = [
  ...["README.md", "ARCHITECTURE.md", "CHANGELOG.md", ".github/CONTRIBUTING.md", "experiments/README.md"],
  ...["results/README.md", "tests/README.md", "lib/engine/queue/README.md", "lib/export/README.md"],
];

Deno.test("lib, tests and the guides say in plain words what they mean", () => {
  const texts = [
    ...[...PROJECT, ...TESTS].filter(({ path }) => !KEPT_WORDS.includes(path)),
    ...GUIDES.map((path) => ({ path, text: Deno.readTextFileSync(ROOT + path) })),
  ];
  const wrong = texts.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, i) => FIGURATIVE.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])
  );
  assertEquals(wrong, []);
});

Deno.test("files are named in snake_case", () => {
  assertEquals(SOURCES.map(({ path }) => path).filter((path) => !/^[a-z0-9_/]+(_test)?\.ts$/.test(path)), []);
});

/** Packages that files name themselves: they are fetched when they are first used. */
const INLINE = [...SOURCES, ...TESTS].flatMap(({ code, text }) =>
  /\bfrom ""/.test(code) ? [...text.matchAll(/ from "npm:((?:@[\w-]+\/)?[\w-]+)@([^"/]+)/g)] : []
).map(([, name, version]) => ({ name, version }));

Deno.test("every dependency is pinned to one version, and ARCHITECTURE.md says why it is there", () => {
  const names = Object.keys(IMPORTS);
  const loose = names.filter((name) =>
    IMPORTS[name].startsWith("npm:") && !/@\d+\.\d+\.\d+$/.test(IMPORTS[name])
  );
  assertEquals(loose, []);
  assertEquals(INLINE.filter(({ version }) => !/^\d+\.\d+\.\d+$/.test(version)), []);
  const reasons = Deno.readTextFileSync(`${ROOT}ARCHITECTURE.md`);
  const all = [...names, ...INLINE.map(({ name }) => name)];
  assertEquals(all.filter((name) => !reasons.includes(`| \`${name}\``)), []);
});

/** The `deno.json` of each package that `lib/std` stands in for. */
function readStandIns(): readonly { readonly imports?: Readonly<Record<string, string>> }[] {
  const folders = [...Deno.readDirSync(`${ROOT}lib/std`)].filter(({ isDirectory }) => isDirectory);
  return folders.map(({ name }) => JSON.parse(Deno.readTextFileSync(`${ROOT}lib/std/${name}/deno.json`)));
}

interface LockFile {
  readonly specifiers: Readonly<Record<string, string>>;
  readonly npm: Readonly<Record<string, unknown>>;
}

Deno.test("deno.lock holds the packages of deno.json alone, and lib/deno.lock those of all commands and tests", () => {
  const read = (path: string): LockFile => JSON.parse(Deno.readTextFileSync(ROOT + path));
  const [own, all] = [read("deno.lock"), read("lib/deno.lock")];
  const linked = readStandIns().flatMap(({ imports = {} }) => Object.values(imports));
  const pinned = [...Object.values(IMPORTS), ...linked].filter((specifier) => specifier.startsWith("npm:"));
  const types = (specifier: string) => specifier.startsWith("npm:@types/");
  assertEquals(Object.keys(own.specifiers).filter((it) => !pinned.includes(it) && !types(it)), []);
  assertLessOrEqual(Object.keys(own.npm).length, 60);
  const wanted = [...pinned, ...INLINE.map(({ name, version }) => `npm:${name}@${version}`)];
  assertEquals(wanted.filter((specifier) => !Object.hasOwn(all.specifiers, specifier)), []);
});
