import { posix } from "node:path";
import type { Marked, Token } from "./marked.ts";

/** A Markdown file as a page. */
export interface Guide {
  /** Path from the root of the project. */
  readonly file: string;
  /** Path of the guide with the first link to it; null for the first guide. */
  readonly linkedBy: string | null;
  /** Name of its page. */
  readonly page: string;
  /** Its first heading. */
  readonly title: string;
  /** Its headings of the second level. */
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  readonly html: string;
}

/** A file that a guide links to or shows, and its place among the pages. */
export interface LinkedFile {
  readonly from: string;
  readonly to: string;
}

/** What guides consist of. */
export interface Guides {
  /** In the order in which links lead to them. */
  readonly guides: readonly Guide[];
  readonly files: readonly LinkedFile[];
}

/**
 * Reads a Markdown file and all others that its links lead to, with links between them turned into links between pages.
 *
 * @param root Folder of the project, which ends with a slash.
 * @throws {Error} If one of them links to what is no file of the project.
 */
export async function readGuides(
  root: string,
  { first, marked }: { readonly first: string; readonly marked: Marked },
): Promise<Guides> {
  const found = new Map<string, string | null>([[first, null]]);
  const guides: Guide[] = [];
  const files = new Map<string, LinkedFile>();
  for (const [file, linkedBy] of found) {
    const tokens = marked.lexer(await Deno.readTextFile(root + file));
    const headings = nameHeadings(tokens);
    marked.walkTokens(tokens, (token) => {
      if (token.type !== "link" && token.type !== "image") return;
      const link = localLink(token.href, { file });
      if (link === null) return;
      const { path, fragment } = link;
      checkIsFile(root, { path, file });
      if (path.endsWith(".md") && !found.has(path)) found.set(path, file);
      const to = path.endsWith(".md") ? pageOf(path, { first }) : `files/${path.replace(/^\./, "")}`;
      if (!path.endsWith(".md")) files.set(path, { from: path, to });
      token.href = to + fragment;
    });
    guides.push({
      file,
      linkedBy,
      page: pageOf(file, { first }),
      title: plainText(headings[0].text),
      sections: headings.filter(({ depth }) => depth === 2)
        .map(({ id, text }) => ({ id: id!, title: plainText(text) })),
      html: marked.parser(tokens),
    });
  }
  return { guides, files: [...files.values()] };
}

/** Gives each heading the fragment by which GitHub names it, and returns the headings. */
function nameHeadings(tokens: readonly Token[]): readonly Token[] {
  const headings = tokens.filter(({ type }) => type === "heading");
  const seen = new Map<string, number>();
  for (const heading of headings) {
    const slug = heading.text.toLowerCase().replace(/[^\p{L}\p{N}\- _]/gu, "").replaceAll(" ", "-");
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    heading.id = times === 0 ? slug : `${slug}-${times}`;
  }
  return headings;
}

/** Returns where a link leads within the project, or null if it stays on its page or leaves the project. */
function localLink(
  href: string,
  { file }: { readonly file: string },
): { readonly path: string; readonly fragment: string } | null {
  if (/^[a-z]+:|^#/.test(href)) return null;
  const [, path, fragment] = href.match(/^([^#]*)(.*)$/)!;
  return { path: posix.join(posix.dirname(file), path), fragment };
}

function checkIsFile(root: string, { path, file }: { readonly path: string; readonly file: string }): void {
  try {
    if (Deno.statSync(root + path).isFile) return;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  throw new Error(`Cannot make a page of ${file}: it links to ${path}, which must be a file`);
}

/** `lib/engine/queue/README.md` becomes `lib_engine_queue.html`. */
function pageOf(file: string, { first }: { readonly first: string }): string {
  if (file === first) return "index.html";
  const name = file.replace(/(\/README)?\.md$/, "").replace(/^\./, "").replaceAll("/", "_");
  return `${name.toLowerCase()}.html`;
}

function plainText(heading: string): string {
  return heading.replaceAll("`", "");
}
