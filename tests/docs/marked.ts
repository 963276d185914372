const PACKAGE = "npm:marked@18.2.1";

/** A piece of Markdown, as Marked reads it; the fields that we use. */
export interface Token {
  readonly type: string;
  readonly text: string;
  readonly depth: number;
  readonly tokens: readonly Token[];
  href: string;
  /** The fragment of a heading. Set before a page is rendered. */
  id?: string;
}

/** A renderer of Markdown; the methods that we use. */
export interface Marked {
  lexer(markdown: string): readonly Token[];
  parser(tokens: readonly Token[]): string;
  /** Calls a function for each token and for those in it. */
  walkTokens(tokens: readonly Token[], visit: (token: Token) => void): void;
}

type Renderer = Readonly<Record<string, (this: RendererThis, token: Token) => string>>;

interface RendererThis {
  readonly parser: { parseInline(tokens: readonly Token[]): string };
}

/**
 * Loads Marked, which turns Markdown into HTML.
 *
 * Marked is not in `deno.lock`, whose packages everybody's first command downloads: it is pinned here, and the program
 * that calls this runs without a lock file. Types are our own for the same reason.
 */
export async function loadMarked(): Promise<Marked> {
  // A literal would put the package into `deno.lock`.
  const specifier: string = PACKAGE;
  const { Marked } = await import(specifier) as {
    readonly Marked: new (options: { readonly renderer: Renderer }) => Marked;
  };
  return new Marked({
    renderer: {
      heading({ depth, id, tokens }) {
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
    },
  });
}
