import { resolve, type Source } from "./sources.ts";

/** A function of a file. */
export interface FoundFunction {
  /** Of its first line, from 1. */
  readonly line: number;
  readonly lines: number;
}

/** Returns every function, method and arrow function of a file. */
export function functionsOf({ path, text }: Source): readonly FoundFunction[] {
  const found: FoundFunction[] = [];
  const look = ({ range: [start, end] }: Deno.lint.Node) => {
    const lines = (from: number, to: number) => text.slice(from, to).split("\n").length;
    found.push({ line: lines(0, start), lines: lines(start, end) });
  };
  visit({ path, text }, {
    FunctionDeclaration: look,
    FunctionExpression: look,
    ArrowFunctionExpression: look,
  });
  return found;
}

/** A name that a file exports. */
export interface ExportedName {
  readonly name: string;
  readonly isType: boolean;
  /** How often its own file names it, besides the declaration. */
  readonly ownUses: number;
}

/** Returns the names that a file declares and exports. */
export function exportedNames({ path, text, code }: Source): readonly ExportedName[] {
  const found: ExportedName[] = [];
  const add = (name: string, isType: boolean) => {
    const ownUses =
      [...code.matchAll(new RegExp(`(?<![\\w$])${RegExp.escape(name)}(?![\\w$])`, "g"))].length - 1;
    found.push({ name, isType, ownUses });
  };
  visit({ path, text }, {
    ExportNamedDeclaration({ declaration }) {
      if (declaration === null) return;
      if (declaration.type === "VariableDeclaration") {
        for (const { id } of declaration.declarations) if (id.type === "Identifier") add(id.name, false);
      } else if ("id" in declaration && declaration.id?.type === "Identifier") {
        add(declaration.id.name, /^TS(Interface|TypeAlias)/.test(declaration.type));
      }
    },
  });
  return found;
}

/** What a file takes from others: names of theirs by path, and the paths of files that it loads as it runs. */
export interface Uses {
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
  readonly loaded: ReadonlySet<string>;
}

/** Returns what a file takes from others. */
export function usesOf({ path, text, imports }: Source): Uses {
  const names = new Map<string, Set<string>>();
  const add = (specifier: string, name: string) => {
    if (!specifier.startsWith(".")) return;
    const other = resolve(specifier, path);
    if (!names.has(other)) names.set(other, new Set());
    names.get(other)!.add(name);
  };
  visit({ path, text }, {
    ImportDeclaration({ source, specifiers }) {
      for (const specifier of specifiers) {
        if (specifier.type !== "ImportSpecifier") add(source.value, ALL);
        else if (specifier.imported.type === "Identifier") add(source.value, specifier.imported.name);
      }
    },
    ExportNamedDeclaration({ source, specifiers }) {
      for (const { local } of specifiers) {
        if (source !== null && local.type === "Identifier") add(source.value, local.name);
      }
    },
    ExportAllDeclaration: ({ source }) => add(source.value, ALL),
  });
  const loaded = imports.filter(({ isLoaded }) => isLoaded).map((imported) => imported.path);
  return { names, loaded: new Set(loaded) };
}

/** Stands for every name of a file. */
const ALL = "*";

/** A name that a file exports for nobody. */
export interface UnusedExport {
  readonly path: string;
  readonly name: string;
}

/**
 * Returns the exported names that no other file takes. A type counts as used where its own file names it: it is part of
 * what another export takes or returns. A value that tests alone take counts only where its own file uses it too.
 *
 * @param isTest Returns whether a path is that of a test.
 */
export function unusedExports(
  sources: readonly Source[],
  { of, isTest }: { readonly of: readonly Source[]; readonly isTest: (path: string) => boolean },
): readonly UnusedExport[] {
  const users = sources.map((source) => ({ source, ...usesOf(source) }));
  return of.flatMap((own) => {
    const takers = users.filter(({ source, names, loaded }) =>
      source.path !== own.path && (names.has(own.path) || loaded.has(own.path))
    );
    return exportedNames(own).filter(({ name, isType, ownUses }) => {
      if (isType && ownUses > 0) return false;
      const taking = takers.filter(({ source, names, loaded }) =>
        (loaded.has(own.path) && loadsName(source, name)) ||
        [ALL, name].some((taken) => names.get(own.path)?.has(taken))
      );
      return taking.length === 0 || (ownUses === 0 && taking.every(({ source }) => isTest(source.path)));
    }).map(({ name }) => ({ path: own.path, name }));
  });
}

/** The command line puts the names of commands' functions together: `NAMECommand`. */
function loadsName({ text }: Source, name: string): boolean {
  return text.includes(name) || (name.endsWith("Command") && text.includes("}Command`"));
}

function visit({ path, text }: Pick<Source, "path" | "text">, visitor: Deno.lint.LintVisitor): void {
  Deno.lint.runPlugin({ name: "tidy", rules: { visit: { create: () => visitor } } }, path, text);
}
