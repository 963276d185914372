/** What the programs of the benchmark are started with. */
export interface ProgramEnvironment {
  /** The variables that are passed on. */
  readonly kept: Readonly<Record<string, string>>;
  /** Those that are not, as `NAME=value`, sorted. */
  readonly unset: readonly string[];
}

/** Variables by which a library or V8 computes with other code, or on another number of threads, than by itself. */
const CHANGES_SPEED =
  /^(?:(?:OPENBLAS|GOTO|MKL|OMP|GOMP|KMP|BLIS|VECLIB|NPY|ATEN|DNNL|ONEDNN)_|DENO_V8_FLAGS$)/;

/**
 * Takes from an environment what changes how fast a program computes, so that each runs as the table says: somebody's
 * `OPENBLAS_CORETYPE` would otherwise hold for every row.
 */
export function programEnvironment(
  variables: Readonly<Record<string, string>> = Deno.env.toObject(),
): ProgramEnvironment {
  const changes = ([name]: readonly [string, string]) => CHANGES_SPEED.test(name.toUpperCase());
  const entries = Object.entries(variables);
  return {
    kept: Object.fromEntries(entries.filter((entry) => !changes(entry))),
    unset: entries.filter(changes).map(([name, value]) => `${name}=${value}`).sort(),
  };
}
