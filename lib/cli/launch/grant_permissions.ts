import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import { partPath } from "../../files/write_file_whole.ts";
import { findProject, type Project } from "../../runner/files/find_project.ts";
import { places } from "../../runner/files/places.ts";
import { realPlace } from "../../runner/files/real_place.ts";
import { hostAndPort, importHosts } from "../../runner/files/seedbed_place.ts";
import { findRedisAddress } from "../../runner/queue/redis_address.ts";
import type { Command, CommandLine } from "../args/command.ts";
import type { FlagGrant } from "../args/flag.ts";
import { COMMON_FLAGS, FLAGS } from "../args/flags.ts";
import { LAUNCHER_VARIABLE } from "../process/end_with_launcher.ts";
import { TARGET_VARIABLES } from "../../runner/check/changed_since.ts";
import { openerOf } from "../terminal/open_file.ts";
import type { CommandRow, Host, Place } from "./command_rows.ts";
import { isThere, projectOf } from "./find_config.ts";
import { isNetHost } from "./is_net_host.ts";
import type { Permissions } from "./permissions.ts";
import type { Surroundings } from "./surroundings.ts";

/** A command and its parsed command line. */
export interface Request {
  readonly command: Command;
  readonly line: CommandLine;
}

/** What permissions depend on. */
export interface Grounds extends Request {
  readonly row: CommandRow;
  /** The project whose imports the command needs, or null. */
  readonly project: Project | null;
  /** Absolute paths of experiment files, and folders of them. */
  readonly experimentPaths: readonly string[];
  /** URL of npm's registry. */
  readonly registry: string;
}

type Grant = Partial<Omit<Permissions, "import" | "ffi">>;

/**
 * Returns what a command may do: its row of the table, and what its flags add.
 *
 * @throws {InputError} If a path has a comma, which Deno's flags cannot name, or a host is none.
 */
export function grantPermissions(grounds: Grounds, surroundings: Surroundings): Permissions {
  const { row } = grounds;
  const written = (row.write ?? []).flatMap((place) => pathsOf(place, grounds, surroundings));
  const read = (row.read ?? []).flatMap((place) => pathsOf(place, grounds, surroundings));
  const own: Grant = {
    read: [...ownRead(grounds, surroundings), ...read],
    write: written,
    net: (row.net ?? []).flatMap((host) => hostsOf(host, grounds, surroundings)),
    env: [...row.env ?? [], LAUNCHER_VARIABLE],
    run: [...(row.run ?? []).filter(surroundings.hasProgram), ...row.replays ? [surroundings.deno] : []],
    sys: row.sys ?? [],
  };
  const grants = [own, ...flagGrants(grounds, surroundings)];
  const all = (kind: keyof Grant) => [...new Set(grants.flatMap((grant) => grant[kind] ?? []))];
  const name = (path: string) => nameable(path, surroundings);
  return {
    // A command reads what it writes.
    read: withoutInner(withTargets([...all("read"), ...all("write")])).map(name),
    write: withoutInner(withTargets(all("write"))).map(name),
    net: all("net").map(checkHost),
    env: all("env"),
    run: all("run"),
    sys: all("sys"),
    ffi: asksForNative(grounds, surroundings) ? ["all"] : [],
    import: importHosts(surroundings.seedbed),
  };
}

/** Returns whether a command computes in machine code: where that is the best that there is, or it is asked for. */
export function asksForNative(
  { row, line }: Pick<Grounds, "row" | "line">,
  { hasNative }: Surroundings,
): boolean {
  const [kernels] = line.texts(FLAGS.kernels);
  return row.computes === true && (kernels === "native" || kernels === undefined && hasNative());
}

/** Returns the paths of code: Seedbed's, and that of the experiments' projects. */
function ownRead(
  { project, experimentPaths }: Grounds,
  { folder, seedbed }: Surroundings,
): readonly string[] {
  const own = seedbed.protocol === "file:" ? [resolve(fileURLToPath(seedbed))] : [];
  if (project === null) return own;
  const others = experimentPaths.map((path) => projectOf(path)?.folder ?? dirname(path));
  // Other files of the current project are named by what the experiments declare, such as its lock file by a shard.
  return [...own, project.folder, findProject(folder)?.folder ?? folder, ...others];
}

function pathsOf(place: Place, { line }: Grounds, surroundings: Surroundings): readonly string[] {
  const { cache, temporary } = places(surroundings);
  const paths: Readonly<Record<Place, readonly (string | null | undefined)[]>> = {
    results: [line.get(FLAGS.results)],
    cache: [cache],
    temporary: [temporary],
    operands: line.operands,
    target: [line.operands[0] ?? "."],
    stepSummary: [surroundings.environment("GITHUB_STEP_SUMMARY") || null],
  };
  return paths[place].flatMap((path) => path ? [resolve(surroundings.folder, path)] : []);
}

function hostsOf(
  host: Host,
  { command, line, registry }: Grounds,
  { environment }: Surroundings,
): readonly string[] {
  if (host === "ownPort") {
    const own = `127.0.0.1:${line.texts(FLAGS.port)[0] ?? line.get(FLAGS.port)}`;
    // The command reports what is wrong with it.
    return isNetHost(own) ? [own] : [];
  }
  if (host === "registry") return hostOf(registry);
  // A run without a queue connects to none.
  const isAsked = !command.flags.includes(FLAGS.engine) || line.texts(FLAGS.engine)[0] === "bullmq";
  if (!isAsked) return [];
  try {
    const address = findRedisAddress(line.get(FLAGS.redis), environment);
    return address === undefined ? [] : [address.name];
  } catch {
    // The command reports what is wrong with it.
    return [];
  }
}

/** Returns the host and port of a URL; one that is wrong is the command's to report. */
function hostOf(text: string): readonly string[] {
  const url = URL.parse(text);
  return url === null || url.hostname === "" ? [] : [hostAndPort(url)];
}

/** Returns what each flag that was given adds. */
function flagGrants({ command, line }: Grounds, surroundings: Surroundings): readonly Grant[] {
  return [...command.flags, ...COMMON_FLAGS].flatMap((flag) => {
    const { grants, value } = flag;
    if (grants === undefined || !line.has(flag)) return [];
    if (grants === "changes") return [changesGrant(surroundings)];
    if (value === null) return [switchGrant(grants, line, surroundings)];
    const values = line.texts(flag);
    // As Deno's flag, it takes several between commas.
    if (grants === "net") return [{ net: values.flatMap((value) => value.split(",")) }];
    const paths = values.map((value) => resolve(surroundings.folder, value));
    if (grants === "read") return [{ read: paths }];
    return [{ write: grants === "write" ? paths : paths.flatMap(filePaths) }];
  });
}

/** Returns what a switch adds. */
function switchGrant(grants: FlagGrant, { operands }: CommandLine, surroundings: Surroundings): Grant {
  const { os, folder, deno, hasProgram } = surroundings;
  if (grants === "opener") return { run: [openerOf(os)].filter(hasProgram) };
  if (grants !== "locate") return {};
  const paths = operands.map((path) => resolve(folder, path));
  return { run: [deno], read: paths.map((path) => projectOf(path)?.folder ?? path) };
}

/** Returns what it takes to ask git and Deno's module graph what changed since the branch that a request goes to. */
function changesGrant({ deno, hasProgram }: Surroundings): Grant {
  return { run: [deno, ...["git"].filter(hasProgram)], env: TARGET_VARIABLES };
}

/** Returns what writing a file whole takes: the file, its part, and the first folder above that is to be made. */
function filePaths(path: string): readonly string[] {
  let missing: string | null = null;
  for (let above = dirname(path); !isThere(above) && above !== dirname(above); above = dirname(above)) {
    missing = above;
  }
  return missing === null ? [path, partPath(path)] : [missing];
}

/** Adds the targets of links: Deno checks both. */
function withTargets(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => [path, realPlace(path)]);
}

/** Leaves out paths that lie below others. */
function withoutInner(paths: readonly string[]): readonly string[] {
  const all = new Set(paths);
  const isInside = (path: string): boolean => {
    const above = dirname(path);
    return above !== path && (all.has(above) || isInside(above));
  };
  return [...all].filter((path) => !isInside(path));
}

/** Returns a path as Deno's flags can name it: they take a comma for the end of a path. */
function nameable(path: string, { folder }: Surroundings): string {
  if (!path.includes(",")) return path;
  const way = relative(folder, path) || ".";
  if (!way.includes(",")) return way;
  throw new InputError(
    `Cannot allow ${path}: its name must have no comma, which Deno's permissions cannot name`,
  );
}

/** Deno would end with a fault before the command could report anything. */
function checkHost(host: string): string {
  if (isNetHost(host)) return host;
  throw new InputError(
    `Cannot allow ${
      quoted(host)
    }: it must be a name or an address, or one and a port, such as example.org:443`,
  );
}
