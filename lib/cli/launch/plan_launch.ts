import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isModulePath } from "../../core/text/is_module_path.ts";
import { findProject, type Project } from "../../runner/files/find_project.ts";
import { FLAGS } from "../args/flags.ts";
import { COMMAND_ROWS, type CommandRow } from "./command_rows.ts";
import { findConfig } from "./find_config.ts";
import { findRegistry, NPM_REGISTRY } from "./find_registry.ts";
import { asksForNative, grantPermissions, type Request } from "./grant_permissions.ts";
import { ALL, type Permissions } from "./permissions.ts";
import type { Surroundings } from "./surroundings.ts";

/** How a command is started. */
export interface Launch {
  /** The `deno.json` whose imports it needs, or null if it needs none. */
  readonly config: string | null;
  /** The lock file of a checkout's packages; null for that beside the `deno.json`. */
  readonly lock: string | null;
  /** Whether Deno writes no notices. */
  readonly isQuiet: boolean;
  readonly permissions: Permissions | typeof ALL;
  readonly v8Flags: readonly string[];
  /** Variables that are added to its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Holds the packages of every command of a checkout. */
const LOCK = "lib/deno.lock";

// For products in WebAssembly: 256-bit vectors, no checks of addresses, and the optimizing compiler from the start. With
// products in machine code they gain nothing.
const FAST_WASM = ["--experimental-wasm-revectorize", "--no-wasm-bounds-checks", "--no-liftoff"];

// V8 grows its heaps, one a thread, in smaller steps. That halves the memory of a large grid's charts.
const LITTLE_MEMORY = ["--optimize-for-size"];

/**
 * Returns how a command is started: with the permissions of its row and of its flags and operands, and no others.
 *
 * @throws {InputError} If it loads experiments and there is no project, or a path cannot be allowed.
 */
export function planLaunch({ command, line }: Request, surroundings: Surroundings): Launch {
  const row = COMMAND_ROWS[command.name];
  const paths = experimentPaths({ command, line }, row).map((path) => resolve(surroundings.folder, path));
  const needsNone = row.experiments === undefined || (row.experiments === "modules" && paths.length === 0);
  const project = needsNone ? null : findConfig(paths, { action: command.name, ...surroundings });
  const registry = findRegistry(
    (project ?? findProject(surroundings.folder))?.folder ?? null,
    surroundings,
  );
  const own = ownProject(surroundings);
  const config = (project ?? own)?.config ?? null;
  return {
    config,
    // The one beside a checkout's deno.json has what every command needs: Deno fetches all of it before any task.
    lock: own !== null && config === own.config ? join(own.folder, LOCK) : null,
    // In a project that links a checkout, Deno would warn about the links of that checkout each time.
    isQuiet: own !== null && project !== null && project.config !== own.config,
    permissions: line.get(FLAGS.trustExperiment)
      ? ALL
      : grantPermissions({ command, line, row, project, experimentPaths: paths, registry }, surroundings),
    v8Flags: [
      ...row.computes && !asksForNative({ row, line }, surroundings) ? FAST_WASM : [],
      ...row.stays ? LITTLE_MEMORY : [],
    ],
    // A file of npm's settings is read here alone.
    environment: registry === NPM_REGISTRY ? {} : { NPM_CONFIG_REGISTRY: registry },
  };
}

/** Returns the experiment files, and folders of them, that a command line names. */
function experimentPaths({ command, line }: Request, { experiments }: CommandRow): readonly string[] {
  const files = command.name === "why" ? line.operands.slice(1) : line.operands;
  const folder = [line.get(FLAGS.experiments)];
  if (experiments === "operands") return files;
  if (experiments === "modules") return files.filter(isModulePath);
  if (experiments === "folder") return folder;
  return experiments === "operandsOrFolder" ? files.length > 0 ? files : folder : [];
}

function ownProject({ seedbed }: Surroundings): Project | null {
  return seedbed.protocol === "file:" ? findProject(fileURLToPath(seedbed)) : null;
}
