/** What a command may do, as Deno's flags have it. Paths are absolute. */
export interface Permissions {
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Hosts, as HOST:PORT or HOST. */
  readonly net: readonly string[];
  /** Names of environment variables. */
  readonly env: readonly string[];
  /** Programs. */
  readonly run: readonly string[];
  readonly sys: readonly string[];
  /** Libraries of the system: none, or all where machine code is put into memory. */
  readonly ffi: readonly string[];
  /** Hosts from which modules may be imported. */
  readonly import: readonly string[];
}

/** Everything, for a run whose experiment files are trusted. */
export const ALL = "all";

/** Returns Deno's flags for permissions. */
export function permissionFlags(permissions: Permissions | typeof ALL): readonly string[] {
  if (permissions === ALL) return ["--allow-all"];
  const { ffi, ...named } = permissions;
  const machineCode = ffi.length === 0 ? [] : ["--allow-ffi"];
  return machineCode.concat(
    Object.entries(named).flatMap(([kind, values]: [string, readonly string[]]) =>
      inGroups(values).map((group) => `--allow-${kind}=${group.join(",")}`)
    ),
  );
}

// Linux takes an argument of at most 128 KiB, which the names of many files exceed.
const MOST_LETTERS = 1 << 15;

function inGroups(values: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let letters = 0;
  for (const value of values) {
    letters += value.length + 1;
    if (groups.length === 0 || letters > MOST_LETTERS) {
      groups.push([]);
      letters = value.length + 1;
    }
    groups.at(-1)!.push(value);
  }
  return groups;
}

/** Returns permissions as a table, one value a line. */
export function permissionsText(permissions: Permissions | typeof ALL): string {
  if (permissions === ALL) return line("everything", "--trust-experiment lifts all limits");
  const lines = Object.entries(permissions).flatMap(([kind, values]: [string, readonly string[]]) =>
    // Names are short; each path and host has a line of its own.
    (kind === "env" || values.length === 0 ? [values.join(" ") || "-"] : values)
      .map((value, i) => line(i === 0 ? kind : "", value))
  );
  return lines.join("");
}

/** Returns a line of the table: a title and its value. */
export function line(title: string, text: string): string {
  return `${title.padEnd(12)}${text}\n`;
}
