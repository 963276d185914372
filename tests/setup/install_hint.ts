import { pythonFolder } from "./find_tool.ts";
import { pipInstall } from "./install_tools.ts";
import { type ToolName, TOOLS } from "./tools.ts";

/** What the command to type depends on. */
export interface HintSurroundings {
  readonly os: typeof Deno.build.os;
  readonly isRoot: boolean;
}

export const HERE: HintSurroundings = {
  os: Deno.build.os,
  isRoot: Deno.build.os !== "windows" && Deno.uid() === 0,
};

/** Returns the command that installs tools by hand, in one line. */
export function installHint(
  tools: readonly ToolName[],
  { os, isRoot }: HintSurroundings = HERE,
): string {
  const packages = tools.flatMap((name) => TOOLS[name].pythonPackage ?? []);
  const programs = tools.filter((name) => TOOLS[name].pythonPackage === undefined);
  const commands: string[] = [];
  if (programs.length > 0 && os === "darwin") {
    commands.push(...programs.map((name) => `brew install ${TOOLS[name].brew}`));
  } else if (programs.length > 0) {
    const names = [...new Set(programs.flatMap((name) => TOOLS[name].debian))];
    commands.push([...(isRoot ? [] : ["sudo"]), "apt-get", "install", "-y", ...names].join(" "));
  }
  for (const wanted of packages) commands.push(pipInstall(wanted, pythonFolder(wanted)).join(" "));
  return commands.join(" && ");
}
