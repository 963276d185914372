import { installHint } from "./install_hint.ts";
import { type ToolName, TOOLS } from "./tools.ts";

/** What became of a tool: where it is, or why it is missing. */
export interface ToolState {
  readonly name: ToolName;
  /** Null where it is missing. */
  readonly path: string | null;
  /** Null where it names none. */
  readonly version: string | null;
  readonly isInstalled: boolean;
  /** Why it could not be installed. */
  readonly problem?: string;
}

/** Returns the line that shows what became of a tool. */
export function toolLine(
  { name, path, version, isInstalled, problem }: ToolState,
  hint: (tools: readonly ToolName[]) => string = installHint,
): string {
  const what = path === null
    ? `missing${problem === undefined ? "" : ` (${problem})`}; to install it: ${hint([name])}`
    : `${[path, ...(version === null ? [] : [version])].join(", ")}${
      isInstalled ? `, ${sourceOf(name)}` : ""
    }`;
  return `${name.padEnd(WIDTH)}  ${what}\n`;
}

const WIDTH = Math.max(...Object.keys(TOOLS).map(({ length }) => length));

function sourceOf(name: ToolName): string {
  const { debian, pythonPackage } = TOOLS[name];
  return pythonPackage === undefined ? `installed from Debian's ${debian.join(", ")}` : "installed by pip";
}

/** Returns the version that a program prints, or null if it names none. */
export function versionIn(text: string): string | null {
  return /\d+(?:\.\d+)+/.exec(text)?.[0] ?? null;
}
