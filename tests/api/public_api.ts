import { LOCK, ROOT } from "../setup/test_files.ts";
import {
  type Member,
  memberText,
  paramsText,
  type TypeNode,
  type TypeParam,
  typeParamsText,
  typeText,
} from "./type_text.ts";

/** What packages may import, by its name in `deno.json`. */
const ENTRIES = { ".": "mod.ts", "./bullmq": "lib/engine/queue/bullmq.ts" } as const;

/** Returns the signatures of all that may be imported, a line each, by entry and name. */
export async function publicApi(): Promise<string> {
  const parts: string[] = [];
  for (const [entry, path] of Object.entries(ENTRIES)) {
    parts.push([`# ${entry}`, "", ...signatures(await documentation(path))].join("\n"));
  }
  return `${parts.join("\n\n")}\n`;
}

/** A name that may be imported, as `deno doc --json` has it. */
export interface DocumentedSymbol {
  readonly name: string;
  readonly declarations: readonly { readonly kind: string; readonly def: Definition }[];
}

interface Definition extends Omit<Member, "name"> {
  readonly extends?: string | readonly TypeNode[];
  readonly superTypeParams?: readonly TypeNode[];
  readonly constructors?: readonly Member[];
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
  readonly typeParams?: readonly TypeParam[];
}

/** Returns the signatures of symbols, by name; fields and methods stand below, by name too. */
export function signatures(symbols: readonly DocumentedSymbol[]): readonly string[] {
  return [...symbols].sort(byName).flatMap(({ name, declarations }) =>
    declarations.flatMap(({ kind, def }) => {
      const { params, returnType, typeParams, tsType } = def;
      const types = typeParamsText(typeParams);
      if (kind === "function") {
        return [`function ${name}${types}(${paramsText(params)}): ${typeText(returnType)}`];
      }
      if (kind === "typeAlias") return [`type ${name}${types} = ${typeText(tsType)}`];
      if (kind === "variable") return [`const ${name}: ${typeText(tsType)}`];
      if (kind !== "class" && kind !== "interface") {
        throw new TypeError(`Cannot write ${name}: its kind must be known, found ${kind}`);
      }
      const members = [...def.properties ?? [], ...def.methods ?? []].filter(isPublic).sort(byName);
      return [
        `${kind} ${name}${types}${parents(def)}`,
        ...[...def.constructors ?? [], ...members].map((member) => `  ${memberText(member)}`),
      ];
    })
  );
}

function parents({ extends: parent, superTypeParams = [] }: Definition): string {
  if (parent === undefined) return "";
  if (typeof parent !== "string") return ` extends ${parent.map(typeText).join(", ")}`;
  return ` extends ${parent}${
    superTypeParams.length === 0 ? "" : `<${superTypeParams.map(typeText).join(", ")}>`
  }`;
}

/** What is marked as internal is promised to nobody. */
function isPublic({ jsDoc }: Member): boolean {
  return !(jsDoc?.tags ?? []).some(({ kind }) => kind === "internal");
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}

async function documentation(path: string): Promise<readonly DocumentedSymbol[]> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", LOCK, "--quiet", "--json", path],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) throw new Error(`Cannot document ${path}: ${new TextDecoder().decode(stderr)}`);
  const [module] = Object.values(JSON.parse(new TextDecoder().decode(stdout)).nodes);
  return (module as { readonly symbols: readonly DocumentedSymbol[] }).symbols;
}
