/** A program, or a package of Python's, that some tests need and that a machine may lack. */
export interface Tool {
  /** Programs on the PATH, each by the names that it may have; all of them must be there. */
  readonly programs: readonly (readonly string[])[];
  /** The arguments that make the first program print its version. */
  readonly version: readonly string[];
  /** The packages of Debian that hold them; for a package of Python's, what installs it. */
  readonly debian: readonly string[];
  /** What stands behind `brew install` on a Mac. */
  readonly brew: string;
  /** An environment variable that may name the first program by its path. */
  readonly variable?: string;
  /** A package of Python's, pinned; it is installed by pip into a folder of its own. */
  readonly pythonPackage?: { readonly name: string; readonly version: string };
}

/** The name of a tool. */
export type ToolName = "git" | "bash" | "openssl" | "redis" | "chromium" | "python3" | "safetensors";

/** Every tool that tests need; `tests/README.md` says for what. */
export const TOOLS: Readonly<Record<ToolName, Tool>> = {
  git: program("git"),
  bash: program("bash"),
  openssl: program("openssl", { version: ["version"] }),
  redis: program("redis-server", {
    programs: [["redis-server"], ["redis-cli"]],
    debian: ["redis-server", "redis-tools"],
    brew: "redis",
  }),
  chromium: program("chromium", {
    programs: [["chromium", "chromium-browser", "google-chrome"]],
    brew: "--cask chromium",
    variable: "CHROMIUM",
  }),
  python3: program("python3", { brew: "python" }),
  safetensors: program("python3", {
    debian: ["python3-pip"],
    pythonPackage: { name: "safetensors", version: "0.8.0" },
  }),
};

/** The names of all tools, in the order in which they are shown. */
export const TOOL_NAMES = Object.keys(TOOLS) as readonly ToolName[];

function program(name: string, changes: Partial<Tool> = {}): Tool {
  return { programs: [[name]], version: ["--version"], debian: [name], brew: name, ...changes };
}
