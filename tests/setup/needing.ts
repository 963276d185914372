import { findTool } from "./find_tool.ts";
import type { ToolName } from "./tools.ts";

/** What `Deno.test` is given before the function. */
export interface NeedingTest {
  readonly name: string;
  readonly ignore: boolean;
}

const found = new Map<ToolName, boolean>();

/** Returns whether this machine has every one of these tools. */
export function hasTools(...tools: readonly ToolName[]): boolean {
  return tools.every(hasTool);
}

function hasTool(name: ToolName): boolean {
  const known = found.get(name);
  if (known !== undefined) return known;
  const isHere = findTool(name) !== null;
  found.set(name, isHere);
  return isHere;
}

/**
 * Returns name and options of a test that needs tools: where one of them is missing, the test is ignored and its name
 * ends in `(needs TOOL)`, by which the runner counts it as not run.
 */
export function needing(
  tools: ToolName | readonly ToolName[],
  name: string,
  { has = hasTool }: { readonly has?: (tool: ToolName) => boolean } = {},
): NeedingTest {
  const missing = [tools].flat().filter((tool) => !has(tool));
  return missing.length === 0
    ? { name, ignore: false }
    : { name: `${name} (needs ${missing.join(", ")})`, ignore: true };
}
