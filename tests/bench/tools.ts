import { cacheDir } from "../../lib/files/cache_dir.ts";
import { LOCK } from "../setup/test_files.ts";
import { isInstalled } from "./machine.ts";
import type { Program } from "./program.ts";

/** The folder of the benchmark's sources. */
export const BENCH_DIR = import.meta.dirname!;

/** Returns the folder that keeps data sets between runs. */
export function cacheFolder(): string {
  return cacheDir({ os: Deno.build.os, environment: (name) => Deno.env.get(name) });
}

/** Returns the folder that keeps what the benchmark builds and installs, made if it is missing. */
export async function benchFolder(): Promise<string> {
  const folder = `${cacheFolder()}/bench`;
  await Deno.mkdir(folder, { recursive: true });
  return folder;
}

/** What a C program needs. */
export interface BuildOptions {
  /** Arguments of gcc to try, in this order: the first that it takes are used. */
  readonly attempts: readonly (readonly string[])[];
}

/** Compiles one of the C programs and returns its path, or null where that cannot be done. */
export async function buildC(name: string, { attempts }: BuildOptions): Promise<string | null> {
  const path = `${await benchFolder()}/${name}`;
  for (const attempt of attempts) {
    const args = ["-O2", `${BENCH_DIR}/programs/${name}.c`, "-o", path, ...attempt];
    if (await isInstalled("gcc", args)) return path;
  }
  return null;
}

/** Returns a Deno program of this folder, with the given V8 flags. */
export function denoProgram(
  name: string,
  { script, args = [], v8Flags = [], env = {} }: {
    readonly script: string;
    readonly args?: readonly string[];
    readonly v8Flags?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  },
): Program {
  const flags = v8Flags.length === 0 ? [] : [`--v8-flags=${v8Flags.join(",")}`];
  return {
    name,
    command: Deno.execPath(),
    args: ["run", LOCK, "-A", ...flags, `${BENCH_DIR}/${script}`, ...args],
    env,
  };
}

/** Settings that keep the libraries of C programs and Python to one thread. */
export const ONE_THREAD = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" } as const;

/** Keeps OpenBLAS to 256-bit vectors: AVX-512 has twice what WebAssembly's vectors can become. */
export const AVX2_KERNELS = { OPENBLAS_CORETYPE: "Haswell" } as const;
