import { findTool, pythonEnvironment } from "./find_tool.ts";
import {
  INSTALLER,
  type Installer,
  installThroughApt,
  installThroughPip,
  type Problems,
} from "./install_tools.ts";
import { toolLine, type ToolState, versionIn } from "./tool_states.ts";
import { TOOL_NAMES, type ToolName, TOOLS } from "./tools.ts";

/** How the set-up looks for tools, and installs them. */
export interface SetUpOptions extends Installer {
  readonly find: (name: ToolName) => string | null;
  /** Whether what is missing is installed. */
  readonly installs: boolean;
}

const HERE: SetUpOptions = { ...INSTALLER, find: findTool, installs: true };

/** Makes sure of the tools that tests need, and writes a line about each. */
export async function setUp(changes: Partial<SetUpOptions> = {}): Promise<readonly ToolState[]> {
  const options = { ...HERE, ...changes };
  const { find, installs, write } = options;
  const missing = TOOL_NAMES.filter((name) => find(name) === null);
  const problems = installs ? await installAll(missing, options) : new Map<ToolName, string>();
  const states: ToolState[] = [];
  for (const name of TOOL_NAMES) {
    const path = find(name);
    const state = {
      name,
      path,
      version: path === null ? null : await versionOf(name, path, options),
      isInstalled: path !== null && missing.includes(name),
      problem: problems.get(name),
    };
    states.push(state);
    write(toolLine(state));
  }
  return states;
}

async function installAll(missing: readonly ToolName[], options: SetUpOptions): Promise<Problems> {
  const isPackage = (name: ToolName) => TOOLS[name].pythonPackage !== undefined;
  const problems = new Map(await installThroughApt(missing.filter((name) => !isPackage(name)), options));
  for (const name of missing.filter(isPackage)) {
    const problem = options.find("python3") === null
      ? "there is no python3"
      : await installThroughPip(name, options);
    if (problem !== null) problems.set(name, problem);
  }
  return problems;
}

async function versionOf(name: ToolName, path: string, { run }: SetUpOptions): Promise<string | null> {
  const { version, pythonPackage } = TOOLS[name];
  const args = pythonPackage === undefined
    ? version
    : ["-c", `import ${pythonPackage.name}; print(${pythonPackage.name}.__version__)`];
  const { success, out, error } = await run([path, ...args], { env: pythonEnvironment() });
  return success ? versionIn(out + error) : null;
}
