import { assertEquals, assertGreater, assertMatch } from "@std/assert";
import { dirname, join, normalize } from "node:path";
import { filesBelow } from "../publish/files_below.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const PROGRAM = `
  import { makeDocs } from "${new URL("make_docs.ts", import.meta.url).href}";
  console.log(JSON.stringify(await makeDocs(Deno.args[0])));
`;

interface Page {
  /** Path from the folder of all pages. */
  readonly path: string;
  readonly html: string;
  readonly ids: readonly string[];
  readonly links: readonly string[];
}

interface Made {
  readonly pages: ReadonlyMap<string, Page>;
  readonly files: ReadonlySet<string>;
  /** Guides by the path of their Markdown. */
  readonly guides: ReadonlyMap<string, string>;
}

/** Makes the pages once, in a process without a lock file, as `deno task docs` does. */
const MADE: Made = await makeAndRead();

async function makeAndRead(): Promise<Made> {
  const folder = await Deno.makeTempDir();
  try {
    const program = `${folder}/program.ts`;
    await Deno.writeTextFile(program, PROGRAM);
    const out = `${folder}/docs`;
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--no-lock", "--quiet", `--config=${ROOT}deno.json`, program, out],
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const { guides } = JSON.parse(new TextDecoder().decode(stdout));
    const files = (await Array.fromAsync(filesBelow(out))).map((path) => path.slice(1));
    const pages = files.filter((path) => path.endsWith(".html")).map((path) => readPage(out, path));
    return {
      pages: new Map(pages.map((page) => [page.path, page])),
      files: new Set(files),
      guides: new Map(guides.map(({ file, page }: Record<string, string>) => [file, page])),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function readPage(folder: string, path: string): Page {
  const html = Deno.readTextFileSync(`${folder}/${path}`);
  const read = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, value]) => unescape(value));
  return { path, html, ids: read(/\sid="([^"]*)"/g), links: read(/\s(?:href|src)="([^"]*)"/g) };
}

function unescape(value: string): string {
  return value.replace(/&#x([0-9A-F]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

/** Returns what is wrong with a link, or null. */
function linkProblem(link: string, { path }: Page): string | null {
  if (/^https:\/\//.test(link)) return null;
  const [, to, fragment] = link.match(/^([^#?]*)(?:#(.*))?$/) ?? [];
  if (to === undefined || /^[a-z]+:|^\//.test(to)) return `${path}: ${link} leaves the pages`;
  const target = to === "" ? path : normalize(join(dirname(path), decodeURIComponent(to)));
  if (!MADE.files.has(target)) return `${path}: ${link} leads to no file`;
  if (fragment === undefined || MADE.pages.get(target)?.ids.includes(decodeURIComponent(fragment))) {
    return null;
  }
  return `${path}: ${link} leads to no part of ${target}`;
}

Deno.test("makeDocs() writes pages all of whose links lead somewhere, without a server", () => {
  const pages = [...MADE.pages.values()];
  const links = pages.flatMap((page) => page.links.map((link) => linkProblem(link, page)));
  assertGreater(links.length, 5_000);
  assertEquals([...new Set(links.filter((problem) => problem !== null))], []);
});

Deno.test("makeDocs() writes a page for each guide that README.md leads to", async () => {
  const markdown = await Array.fromAsync(filesBelow(ROOT.slice(0, -1)));
  const written = markdown.map((path) => path.slice(1)).filter((path) =>
    path.endsWith(".md") && !/^(\.git|docs|node_modules)\/|^results\/\w+\/|_TEMPLATE\b/.test(path)
  );
  assertEquals([...MADE.guides.keys()].toSorted(), written.toSorted());
  for (const page of MADE.guides.values()) assertMatch(MADE.pages.get(page)!.html, /<h1 id="/);
});

Deno.test("makeDocs() links every page with each guide and with the reference", () => {
  const bar = ["index.html", "experiments.html", "results.html", "lib_engine_queue.html", "all_symbols.html"];
  // deno doc makes pages that only lead on to another.
  const shown = [...MADE.pages.values()].filter(({ html }) => !html.includes('http-equiv="refresh"'));
  assertGreater(shown.length, 250);
  const wrong = shown.flatMap((page) => {
    const targets = new Set(page.links.map((link) => normalize(join(dirname(page.path), link))));
    return bar.filter((target) => !targets.has(target)).map((target) => `${page.path}: ${target}`);
  });
  assertEquals(wrong, []);
});

Deno.test("makeDocs() gives each fragment of a page its own name when two headings are alike", () => {
  const { ids } = MADE.pages.get("changelog.html")!;
  assertEquals(ids.filter((id) => id.startsWith("added")), ["added", "added-1"]);
  const twice = [...MADE.guides.values()].filter((path) => {
    const { ids } = MADE.pages.get(path)!;
    return new Set(ids).size < ids.length;
  });
  assertEquals(twice, []);
});

Deno.test("makeDocs() shows symbols as users import them, and no path of this machine", () => {
  const imported = (path: string) =>
    MADE.pages.get(path)!.html.match(/class="language-typescript">(import .*)\n/)?.[1];
  assertEquals(
    imported("~/defineExperiment.html"),
    "import { defineExperiment } from &quot;@seedbed/seedbed&quot;;",
  );
  assertEquals(
    imported("bullmq/~/bullmqEngine.html"),
    "import { bullmqEngine } from &quot;@seedbed/seedbed/bullmq&quot;;",
  );
  const wrong = [...MADE.pages.values()].filter(({ html }) =>
    html.includes(ROOT) || /file:\/\/|>default<\/a>/.test(html)
  );
  assertEquals(wrong.map(({ path }) => path), []);
});
