import { programEnvironment } from "./environment.ts";
import { type Blas, findBlas, isFallback } from "./find_blas.ts";
import { isInstalled } from "./machine.ts";
import { BENCH_DIR } from "./tools.ts";

/** A library of Python that is measured. */
export interface PythonLibrary {
  readonly name: "NumPy" | "PyTorch" | "scikit-learn";
  /** The Python that imports it. */
  readonly python: string;
}

/** A library that is not measured. */
export interface AbsentPeer {
  readonly name: string;
  /** Why it is not, and what sets it up. */
  readonly reason: string;
}

/** Looks for the libraries of Python that compute on a BLAS made for this processor. */
export async function findPythonLibraries(): Promise<{
  readonly found: readonly PythonLibrary[];
  readonly absent: readonly AbsentPeer[];
}> {
  const found: PythonLibrary[] = [];
  const absent: AbsentPeer[] = [];
  for (const { name, module, debianPackage } of LIBRARIES) {
    const python = await firstThatImports(module);
    if (python === null) {
      const command = `apt-get install ${debianPackage} ${OPENBLAS_PACKAGE}`;
      absent.push({ name, reason: `no python3 imports ${module}; on Debian, \`${command}\` sets it up` });
      continue;
    }
    const problem = blasProblem(await lookUp(python, module));
    if (problem === null) found.push({ name, python });
    else absent.push({ name, reason: problem });
  }
  return { found, absent };
}

/** What `peers/look_up.py` says of a library. */
export interface LookUp {
  readonly version: string;
  /** `/proc/self/maps` of a process that has loaded it; empty where the system has no such file. */
  readonly maps: string;
  /** Whether the library holds MKL itself. */
  readonly holdsMkl: boolean;
  /** The processor that OpenBLAS has chosen its kernels for; null where that cannot be asked. */
  readonly kernels: string | null;
}

/** Returns why a library's speed says nothing, with the command that sets it up, or null if it does say something. */
export function blasProblem({ maps, holdsMkl, kernels }: LookUp): string | null {
  const blas = findBlas(maps);
  if (!holdsMkl && kernels !== null && isFallback(kernels)) {
    return `its OpenBLAS does not know this processor and took its kernels for ${kernels}; a newer one sets it up`;
  }
  if (holdsMkl || blas.isTuned) return null;
  return `it computes with ${blas.name}${
    placeOf(blas)
  }; on Debian, \`apt-get install ${OPENBLAS_PACKAGE}\` sets ` +
    "it up, and `update-alternatives --auto libblas.so.3-$(uname -m)-linux-gnu` where another was chosen by hand";
}

const OPENBLAS_PACKAGE = "libopenblas0-pthread";

const LIBRARIES = [
  { name: "NumPy", module: "numpy", debianPackage: "python3-numpy" },
  { name: "PyTorch", module: "torch", debianPackage: "python3-torch" },
  { name: "scikit-learn", module: "sklearn", debianPackage: "python3-sklearn" },
] as const;

// Debian's packages belong to the system's own Python, which need not be the first in the path.
const PYTHONS = ["/usr/bin/python3", "python3"];

async function firstThatImports(module: string): Promise<string | null> {
  for (const python of PYTHONS) if (await isInstalled(python, ["-c", `import ${module}`])) return python;
  return null;
}

async function lookUp(python: string, module: string): Promise<LookUp> {
  const { stdout } = await new Deno.Command(python, {
    args: ["-B", `${BENCH_DIR}/peers/look_up.py`, module],
    env: { ...programEnvironment().kept },
    clearEnv: true,
    stderr: "null",
  }).output();
  // A library may greet on the same stream.
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!) as LookUp;
}

function placeOf({ path }: Blas): string {
  return path === null ? "" : ` (${path})`;
}
