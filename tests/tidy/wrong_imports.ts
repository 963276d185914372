import { BESIDE, type MayImport } from "./import_table.ts";
import type { Source } from "./sources.ts";

/** Returns the imports that the table of lib's folders does not allow, as sentences. */
export function wrongBetweenFolders(
  sources: readonly Source[],
  table: Readonly<Record<string, MayImport>>,
): readonly string[] {
  return sources.flatMap(({ path, imports }) => {
    const own = path.split("/")[1];
    const { values, types = [] } = table[own] ?? { values: [] };
    return imports.filter((imported) => {
      const [top, folder] = imported.path.split("/");
      if (top === "lib" && folder === own) return false;
      return top !== "lib" || !(values.includes(folder) || (imported.isType && types.includes(folder)));
    }).map((imported) => `${path} imports ${imported.path}`);
  });
}

/** Returns the imports inside folders that go up or across, as sentences. */
export function wrongInside(
  sources: readonly Source[],
  table: Readonly<Record<string, readonly (readonly string[])[]>>,
): readonly string[] {
  return Object.entries(table).flatMap(([folder, floors]) => {
    const floorOf = (inner: string) => floors.findIndex((names) => names.includes(inner));
    return sources.filter(({ path }) => path.startsWith(`${folder}/`)).flatMap(({ path, imports }) => {
      const own = innerFolder(path, folder);
      if (floorOf(own) === -1) return [`${path} is in no inner folder that the table names`];
      return imports.filter((imported) => imported.path.startsWith(`${folder}/`))
        .filter((imported) => {
          const other = innerFolder(imported.path, folder);
          return other !== own && floorOf(other) >= floorOf(own);
        })
        .map((imported) => `${path} imports ${imported.path}`);
    });
  });
}

function innerFolder(path: string, folder: string): string {
  const rest = path.slice(folder.length + 1);
  return rest.includes("/") ? rest.slice(0, rest.indexOf("/")) : BESIDE;
}
