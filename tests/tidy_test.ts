import { assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url).pathname;

/** What each folder of lib may import from the others. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  kernels: ["core"],
  data: ["core"],
  nn: ["core", "kernels", "data"],
  experiment: ["core", "kernels", "data", "nn"],
  engine: ["core", "data", "experiment"],
  journal: ["core", "experiment"],
  report: ["core", "experiment"],
  export: ["core", "kernels", "data", "nn", "experiment"],
  runner: ["core", "data", "experiment", "engine", "journal", "report", "export"],
  dashboard: ["core", "experiment", "journal", "report", "runner"],
  cli: ["core", "runner", "dashboard"],
  std: [],
};

/** Folders of which one may import types only. */
const TYPES_ONLY: Readonly<Record<string, readonly string[]>> = {
  nn: ["data"],
  journal: ["experiment"],
  report: ["experiment"],
  export: ["kernels", "data", "experiment"],
  dashboard: ["experiment"],
};

/** Folders that hold arithmetic, and pure functions of it. */
const PURE = ["core", "kernels", "nn", "experiment", "report", "export"];
const BELOW_THE_RUNNER = [...PURE, "data", "engine", "journal"];

const INEXACT =
  /\bMath\.(exp|expm1|log|log1p|log2|log10|sinh?|cosh?|tanh?|asinh?|acosh?|atanh?|atan2|pow|cbrt|hypot|random)\b| \*\*=? /;
const IMPURE = /\b(new Date|Date\.now|Date\(|performance\.)/;

interface Import {
  readonly specifier: string;
  readonly isType: boolean;
}

interface Source {
  /** Relative to the root. */
  readonly path: string;
  /** The folder below lib. */
  readonly folder: string;
  readonly text: string;
  /** Without comments, strings and the text of templates. */
  readonly code: string;
  readonly imports: readonly Import[];
}

function* walk(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(`${ROOT}${folder}`)) {
    if (name === "node_modules") continue;
    if (isDirectory) yield* walk(`${folder}/${name}`);
    else if (name.endsWith(".ts")) yield `${folder}/${name}`;
  }
}

function readSource(path: string): Source {
  const text = Deno.readTextFileSync(ROOT + path);
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`\w])\/\/.*$/gm, "");
  const statements = withoutComments.matchAll(
    /^(?:import|export)\s+(type\s+)?(?:[^;"']*?\sfrom\s+)?["']([^"']+)["']/gm,
  );
  const dynamic = withoutComments.matchAll(/(?:\bimport\(|new URL\()\s*["'](\.[^"']+)["']/g);
  return {
    path,
    folder: path.split("/")[1],
    text,
    code: withoutComments.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""'),
    imports: [
      ...[...statements].map(([, type, specifier]) => ({ specifier, isType: type !== undefined })),
      ...[...dynamic].map(([, specifier]) => ({ specifier, isType: false })),
    ],
  };
}

function resolve(specifier: string, { path }: Source): string {
  return new URL(specifier, `file:///${path}`).pathname.slice(1);
}

const SOURCES = [...walk("lib")].sort().map(readSource);
const PROJECT = SOURCES.filter(({ folder }) => folder !== "std");

/** Returns the local files that a source imports, with whether it imports types alone. */
function localImports(source: Source): readonly { readonly path: string; readonly isType: boolean }[] {
  return source.imports.filter(({ specifier }) => specifier.startsWith("."))
    .map(({ specifier, isType }) => ({ path: resolve(specifier, source), isType }));
}

Deno.test("lib has only folders that the import table names", () => {
  const folders = new Set(SOURCES.map(({ folder }) => folder));
  assertEquals([...folders].filter((folder) => !Object.hasOwn(MAY_IMPORT, folder)), []);
});

Deno.test("each folder of lib imports only what the import table lets it", () => {
  const wrong = SOURCES.flatMap((source) =>
    localImports(source).flatMap(({ path, isType }) => {
      const [top, folder] = path.split("/");
      if (top === "lib" && folder === source.folder) return [];
      const isLetIn = MAY_IMPORT[source.folder].includes(folder) &&
        (isType || !TYPES_ONLY[source.folder]?.includes(folder));
      return top === "lib" && isLetIn ? [] : [`${source.path} imports ${path}`];
    })
  );
  assertEquals(wrong, []);
});

Deno.test("mod.ts holds re-exports only", () => {
  const { code } = readSource("mod.ts");
  const rest = code.replace(/^export\s+(type\s+)?(\*|\{[^}]*\})\s+from\s+"";$/gm, "").trim();
  assertEquals(rest, "");
});

Deno.test("experiments import ../mod.ts only", () => {
  let files: readonly string[] = [];
  try {
    files = [...walk("experiments")];
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const wrong = files.map(readSource).flatMap(({ path, imports }) =>
    imports.filter(({ specifier }) => specifier !== "../mod.ts").map(({ specifier }) =>
      `${path}: ${specifier}`
    )
  );
  assertEquals(wrong, []);
});

/** The one file below the data that knows Deno: it looks whether there is one. */
const MAPS_MEMORY = "lib/kernels/native/code_memory.ts";

Deno.test("core, kernels, nn, experiment, report and export hold no Deno and no input or output", () => {
  const wrong = PROJECT.filter(({ folder, path }) => PURE.includes(folder) && path !== MAPS_MEMORY)
    .filter(({ code, imports }) =>
      /\bDeno\./.test(code) || imports.some(({ specifier }) => specifier.startsWith("node:"))
    );
  assertEquals(wrong.map(({ path }) => path), []);
});

Deno.test("below the runner nothing calls what differs between engines, or a clock", () => {
  const wrong = PROJECT.filter(({ folder }) => BELOW_THE_RUNNER.includes(folder)).flatMap(({ path, code }) =>
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

Deno.test("no file of lib has more than 300 lines", () => {
  const long = PROJECT.map(({ path, text }) => [path, text.split("\n").length - 1] as const)
    .filter(([, lines]) => lines > 300);
  assertEquals(long, []);
});

Deno.test("every file of lib is imported by another, or is an entry", () => {
  // The inline engine is the one that tests hold the others against; the tasks run the other two.
  const entries = new Set([
    "lib/cli/launch.ts",
    "lib/cli/main.ts",
    "lib/engine/inline.ts",
  ]);
  const all = [...SOURCES, readSource("mod.ts")];
  const imported = new Set(all.flatMap((source) => localImports(source).map(({ path }) => path)));
  const dead = PROJECT.map(({ path }) => path).filter((path) => !imported.has(path) && !entries.has(path));
  assertEquals(dead, []);
});

Deno.test("no file has a default export outside experiments, an enum or an any", () => {
  // A template may hold the text of an experiment.
  const wrong = PROJECT.map(({ path, code }) => ({ path, code: code.replace(/`(?:[^`\\]|\\.)*`/gs, "``") }))
    .filter(({ code }) => /^export default\b|^(export )?(const )?enum\b|[:<]\s*any\b|\bas any\b/m.test(code));
  assertEquals(wrong.map(({ path }) => path), []);
});

Deno.test("files are named in snake_case", () => {
  assertEquals(SOURCES.map(({ path }) => path).filter((path) => !/^[a-z0-9_/]+(_test)?\.ts$/.test(path)), []);
});

Deno.test("every dependency is pinned to one version, and ARCHITECTURE.md says why it is there", () => {
  const { imports } = JSON.parse(Deno.readTextFileSync(`${ROOT}deno.json`)) as {
    imports: Record<string, string>;
  };
  const names = Object.keys(imports);
  const loose = names.filter((name) =>
    imports[name].startsWith("npm:") && !/@\d+\.\d+\.\d+$/.test(imports[name])
  );
  assertEquals(loose, []);
  const reasons = Deno.readTextFileSync(`${ROOT}ARCHITECTURE.md`);
  assertEquals(names.filter((name) => !reasons.includes(`| \`${name}\``)), []);
});
