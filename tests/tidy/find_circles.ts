import type { Source } from "./sources.ts";

/** Returns each circle of files that import each other, of types too, as its paths in the order of the imports. */
export function findCircles(sources: readonly Source[]): readonly (readonly string[])[] {
  const importsOf = new Map(sources.map(({ path, imports }) => [path, imports.map((it) => it.path)]));
  const circles: string[][] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (path: string) => {
    const at = way.indexOf(path);
    if (at !== -1) circles.push([...way.slice(at), path]);
    if (at !== -1 || done.has(path)) return;
    way.push(path);
    for (const imported of importsOf.get(path) ?? []) visit(imported);
    way.pop();
    done.add(path);
  };
  for (const { path } of sources) visit(path);
  return circles;
}
