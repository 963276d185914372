/** The root of the project, with a slash at its end. */
export const ROOT = new URL("../../", import.meta.url).pathname;

/** An import of a file of the project. */
export interface LocalImport {
  /** Relative to the root. */
  readonly path: string;
  readonly isType: boolean;
  /** Whether it is loaded by its path as the program runs. */
  readonly isLoaded: boolean;
}

/** A TypeScript file of the project. */
export interface Source {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
  /** Without comments and the content of strings. */
  readonly code: string;
  /** Specifiers of all modules that it names. */
  readonly specifiers: readonly string[];
  readonly imports: readonly LocalImport[];
}

/** Returns the TypeScript files of a folder, sorted by path. */
export function readSources(folder: string): readonly Source[] {
  return [...walk(folder)].sort().map(readSource);
}

/** Reads a file of the project. */
export function readSource(path: string): Source {
  return parseSource(path, Deno.readTextFileSync(ROOT + path));
}

/** Returns what a text at a path imports. */
export function parseSource(path: string, text: string): Source {
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`\w])\/\/.*$/gm, "");
  const statements = withoutComments.matchAll(
    /^(?:import|export)\s+(type\s+)?(?:[^;"']*?\sfrom\s+)?["']([^"']+)["']/gm,
  );
  const dynamic = withoutComments.matchAll(/(?:\bimport\(|new URL\()\s*["'](\.[^"']+\.ts)["']/g);
  const named = [
    ...[...statements].map(([, type, specifier]) => ({
      specifier,
      isType: type !== undefined,
      isLoaded: false,
    })),
    ...[...dynamic].map(([, specifier]) => ({ specifier, isType: false, isLoaded: true })),
  ];
  return {
    path,
    text,
    code: withoutComments.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""'),
    specifiers: named.map(({ specifier }) => specifier),
    imports: named.filter(({ specifier }) => specifier.startsWith(".")).map(({ specifier, ...kind }) => ({
      path: resolve(specifier, path),
      ...kind,
    })),
  };
}

/** Returns the path of a module that a file names relative to itself. */
export function resolve(specifier: string, path: string): string {
  return new URL(specifier, `file:///${path}`).pathname.slice(1);
}

function* walk(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(`${ROOT}${folder}`)) {
    if (name === "node_modules") continue;
    if (isDirectory) yield* walk(`${folder}/${name}`);
    else if (name.endsWith(".ts")) yield `${folder}/${name}`;
  }
}
