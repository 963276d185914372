import { dirname } from "node:path";
import { filesBelow } from "../publish/files_below.ts";
import { LOCK } from "../setup/test_files.ts";
import { contextBar } from "./context_bar.ts";
import { type Guide, readGuides } from "./guide.ts";
import { guidePage } from "./guide_page.ts";
import { loadMarked } from "./marked.ts";
import { mendPage } from "./mend_page.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const STYLE = new URL("guides.css", import.meta.url);
const NOT_MEANT_TO_BE_IMPORTED = "./cli";

/** What was written. */
export interface Docs {
  readonly pages: number;
  readonly guides: readonly Guide[];
}

/**
 * Writes the documentation as HTML that needs no server and no network: what `deno doc` makes of the exports, and a page
 * for README.md and for each guide that it leads to. README.md is `index.html`.
 *
 * @param folder Absolute path; must be empty or not be there yet.
 */
export async function makeDocs(folder: string): Promise<Docs> {
  const { name, exports } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  await writeReference(folder, exports);
  const { guides, files } = await readGuides(ROOT, { first: "README.md", marked: await loadMarked() });
  const bar = contextBar(guides);
  let pages = 0;
  for await (const path of filesBelow(folder)) {
    if (!path.endsWith(".html")) continue;
    const html = mendPage(await Deno.readTextFile(folder + path), { path: path.slice(1), name, bar });
    await Deno.writeTextFile(folder + path, html);
    pages++;
  }
  const template = await Deno.readTextFile(`${folder}/index.html`);
  for (const guide of guides) {
    await Deno.writeTextFile(`${folder}/${guide.page}`, guidePage(guide, { template }));
  }
  for (const { from, to } of files) {
    await Deno.mkdir(dirname(`${folder}/${to}`), { recursive: true });
    await Deno.copyFile(ROOT + from, `${folder}/${to}`);
  }
  await Deno.copyFile(STYLE, `${folder}/guides.css`);
  // README.md takes the place of the index that deno doc has made.
  return { pages: pages + guides.length - 1, guides };
}

async function writeReference(folder: string, exports: Readonly<Record<string, string>>): Promise<void> {
  const modules = Object.entries(exports).filter(([name]) => name !== NOT_MEANT_TO_BE_IMPORTED);
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", LOCK, "--html", "--name=Seedbed", `--output=${folder}`, ...modules.map(([, path]) => path)],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  if (code !== 0) throw new Error(`Cannot write the API reference: ${new TextDecoder().decode(stderr)}`);
}
