import { hasNested, isNumeric, type Nested, readNames, setNested } from "./nested.ts";

/** Options of {@link parseArgs}; every name may also be a list of names. */
export interface ParseOptions {
  /** Keeps what follows `--` apart, under `"--"`; otherwise it is added to `_`. Default: false. */
  "--"?: boolean;
  /** Other names of an option. Default: {}. */
  alias?: Readonly<Record<string, string | readonly string[]>>;
  /** Options that take no value, false if absent; `true` means all with two hyphens. Default: false. */
  boolean?: boolean | string | readonly string[];
  /** Values of options that are absent. Default: {}. */
  default?: Readonly<Record<string, unknown>>;
  /** Adds everything after the first argument that is no option to `_`. Default: false. */
  stopEarly?: boolean;
  /** Options whose values stay texts, even if they look like numbers; "_" means the arguments. Default: []. */
  string?: string | readonly string[];
  /** Options that may be repeated, as arrays; of others the last value counts. Default: []. */
  collect?: string | readonly string[];
  /** Options that `--no-NAME` sets to false. Default: []. */
  negatable?: string | readonly string[];
  /** Called with what no option declares; unless it returns false, that is added all the same. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** What {@link parseArgs} returns: the options by name, and the arguments that belong to none. */
export type Args<O extends ParseOptions = Record<never, never>> =
  & Record<string, unknown>
  & Values<O>
  & Record<AliasNames<O>, unknown>
  & { _: (string | number)[] }
  & (O extends { "--": true } ? { "--": string[] } : unknown);

type Names<T> = T extends readonly (infer Name extends string)[] ? Name : T extends string ? T : never;
type BooleanNames<O> = O extends { boolean: infer T } ? Names<T> : never;
type StringNames<O> = O extends { string: infer T } ? Exclude<Names<T>, "_"> : never;
type CollectNames<O> = O extends { collect: infer T } ? Names<T> : never;
type NegatableNames<O> = O extends { negatable: infer T } ? Names<T> : never;
type AliasNames<O> = O extends { alias: infer T } ? Names<T[keyof T]> : never;
type DefaultOf<O, Name extends string> = O extends { default: infer D }
  ? Name extends keyof D ? Widen<D[Name]> : undefined
  : undefined;
type Widen<T> = T extends string ? string : T extends number ? number : T extends boolean ? boolean : T;
type Negated<O, Name> = Name extends NegatableNames<O> ? false : never;

type Values<O extends ParseOptions> =
  & { [Name in Exclude<BooleanNames<O>, CollectNames<O>>]: boolean }
  & { [Name in Extract<BooleanNames<O>, CollectNames<O>>]: boolean[] }
  & { [Name in Extract<StringNames<O>, CollectNames<O>>]: string[] | Negated<O, Name> }
  & {
    [Name in Exclude<StringNames<O>, CollectNames<O>>]: string | DefaultOf<O, Name> | Negated<O, Name>;
  };

/**
 * Parses a command line as minimist does: `--name value`, `--name=value`, `-n value`, `-abc`, `--no-name`.
 *
 * An option that nothing declares takes the next argument as its value unless that begins with a hyphen. A value that
 * looks like a number becomes one unless the option is a string. Dots in a name make nested objects.
 */
export function parseArgs<const O extends ParseOptions = Record<never, never>>(
  args: string[],
  options?: O & ParseOptions,
): Args<O> {
  const settings = readSettings(options ?? {});
  const result: Nested & { _: (string | number)[] } = { _: [] };
  const end = args.indexOf("--");
  const behind = end < 0 ? [] : args.slice(end + 1);
  const rest = end < 0 ? [...args] : args.slice(0, end);
  while (rest.length > 0) {
    const arg = rest.shift()!;
    if (/^--[^]/.test(arg)) readLong(arg, rest, { settings, result });
    else if (/^-[^]/.test(arg)) readShort(arg, rest, { settings, result });
    else {
      if (settings.unknown(arg) !== false) {
        result._.push(settings.strings.has("_") || !isNumeric(arg) ? arg : Number(arg));
      }
      if (settings.stopEarly) result._.push(...rest.splice(0));
    }
  }
  addDefaults(result, settings);
  if (settings.doubleDash) result["--"] = behind;
  else result._.push(...behind);
  return result as Args<O>;
}

interface Settings {
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly booleans: ReadonlySet<string>;
  readonly strings: ReadonlySet<string>;
  readonly collected: ReadonlySet<string>;
  readonly negatables: ReadonlySet<string>;
  readonly allBooleans: boolean;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly stopEarly: boolean;
  readonly doubleDash: boolean;
  readonly unknown: (arg: string, key?: string, value?: unknown) => unknown;
}

interface Target {
  readonly settings: Settings;
  readonly result: Nested;
}

function readSettings(options: ParseOptions): Settings {
  const aliases = new Map<string, readonly string[]>();
  for (const [name, others] of Object.entries(options.alias ?? {})) {
    const group = [name, ...readNames(others)];
    for (const member of group) aliases.set(member, group.filter((other) => other !== member));
  }
  const withAliases = (names: string | readonly string[] = []) =>
    new Set(readNames(names).flatMap((name) => [name, ...(aliases.get(name) ?? [])]));
  const { boolean } = options;
  return {
    aliases,
    booleans: withAliases(typeof boolean === "boolean" ? [] : boolean),
    strings: withAliases(options.string),
    collected: withAliases(options.collect),
    negatables: withAliases(options.negatable),
    allBooleans: boolean === true,
    defaults: options.default ?? {},
    stopEarly: options.stopEarly ?? false,
    doubleDash: options["--"] ?? false,
    unknown: options.unknown ?? (() => true),
  };
}

/** Reads `--name`, `--name=value`, `--name value` and `--no-name`; a value of its own is taken from `rest`. */
function readLong(arg: string, rest: string[], target: Target): void {
  const { settings } = target;
  const [, negated, bare, value] = arg.match(/^--(no-)?([^]+?)(?:=([^]+))?$/)!;
  if (value !== undefined) {
    setOption(bare, settings.booleans.has(bare) ? value !== "false" : value, { ...target, arg });
  } else if (negated && settings.negatables.has(bare)) {
    setOption(bare, false, { ...target, arg, replace: true });
  } else {
    const name = negated ? `no-${bare}` : bare;
    const next = rest[0] ?? "";
    const takesValue = next !== "" && !next.startsWith("-") && !settings.allBooleans &&
      !isBoolean(name, settings);
    setOption(name, takeValue(name, rest, { settings, takesValue }), { ...target, arg });
  }
}

/** Reads `-a`, `-abc`, `-n5`, `-n=5` and `-n 5`. */
function readShort(arg: string, rest: string[], target: Target): void {
  const { settings } = target;
  const letters = arg.slice(1, -1);
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i];
    const tail = arg.slice(i + 2);
    if (tail === "-") {
      setOption(letter, tail, { ...target, arg });
      continue;
    }
    const assigned = /[A-Za-z]/.test(letter) ? tail.match(/=(.+)/)?.[1] : undefined;
    const attached = /[A-Za-z]/.test(letter) && /-?\d+(\.\d*)?(e-?\d+)?$/.test(tail);
    if (assigned !== undefined || attached || /\W/.test(letters[i + 1] ?? "")) {
      return setOption(letter, assigned ?? tail, { ...target, arg });
    }
    setOption(letter, settings.strings.has(letter) ? "" : true, { ...target, arg });
  }
  const last = arg.slice(-1);
  if (last === "-") return;
  const next = rest[0] ?? "";
  const takesValue = next !== "" && !/^(-|--)[^-]/.test(next) && !isBoolean(last, settings);
  setOption(last, takeValue(last, rest, { settings, takesValue }), { ...target, arg });
}

interface TakeOptions {
  readonly settings: Settings;
  readonly takesValue: boolean;
}

function takeValue(name: string, rest: string[], { settings, takesValue }: TakeOptions): string | boolean {
  if (takesValue) return rest.shift()!;
  if (rest[0] === "true" || rest[0] === "false") return rest.shift() === "true";
  return settings.strings.has(name) ? "" : true;
}

function isBoolean(name: string, { aliases, booleans }: Settings): boolean {
  return booleans.has(name) || (aliases.get(name) ?? []).some((alias) => booleans.has(alias));
}

interface SetOptions extends Target {
  readonly arg: string;
  /** Overwrites what a repeated option has collected. */
  readonly replace?: boolean;
}

function setOption(
  name: string,
  value: string | boolean,
  { settings, result, arg, replace }: SetOptions,
): void {
  const { aliases, booleans, strings, collected, allBooleans, unknown } = settings;
  const known = booleans.has(name) || strings.has(name) || aliases.has(name);
  if (!known && !(allBooleans && /^--[^=]+$/.test(arg)) && unknown(arg, name, value) === false) return;
  const read = typeof value === "string" && !strings.has(name) && isNumeric(value) ? Number(value) : value;
  const collect = !replace && collected.has(name);
  for (const key of [name, ...(aliases.get(name) ?? [])]) setNested(result, key, { value: read, collect });
}

function addDefaults(result: Nested, { aliases, booleans, strings, collected, defaults }: Settings): void {
  for (const [name, value] of Object.entries(defaults)) {
    if (hasNested(result, name)) continue;
    for (const key of [name, ...(aliases.get(name) ?? [])]) setNested(result, key, { value });
  }
  for (const name of [...booleans, ...strings]) {
    if (hasNested(result, name)) continue;
    if (collected.has(name)) setNested(result, name, { value: [] });
    else if (booleans.has(name)) setNested(result, name, { value: false });
  }
}
