/** Which library computes a process's products of matrices. */
export interface Blas {
  /** Its name in messages. */
  readonly name: string;
  /** Where it is; null if no library of the kind is loaded. */
  readonly path: string | null;
  /** Whether it is one that is made for this processor: against others nothing is worth measuring. */
  readonly isTuned: boolean;
}

/**
 * Finds the BLAS of a process in the text of its `/proc/PID/maps`.
 *
 * A reference BLAS counts wherever it is loaded: the products of the library at hand may be its own, while another
 * library of the same process brought a better one.
 */
export function findBlas(maps: string): Blas {
  const paths = [...new Set([...maps.matchAll(/\s(\/\S*)$/gm)].map(([, path]) => path))];
  for (const { name, pattern, isTuned } of KINDS) {
    const path = paths.find((candidate) => pattern.test(candidate));
    if (path !== undefined) return { name, path, isTuned };
  }
  return { name: "no BLAS that is known here", path: null, isTuned: false };
}

/**
 * Returns whether OpenBLAS's kernels are for processors without AVX, which it takes on processors that it does not know:
 * they are several times slower than those that fit.
 */
export function isFallback(core: string): boolean {
  return WITHOUT_AVX.has(core.toLowerCase());
}

const WITHOUT_AVX: ReadonlySet<string> = new Set(
  ("katmai coppermine northwood banias prescott core2 penryn dunnington nehalem athlon opteron opteron_sse3 " +
    "barcelona bobcat atom nano unknown").split(" "),
);

interface Kind {
  readonly name: string;
  readonly pattern: RegExp;
  readonly isTuned: boolean;
}

/**
 * The first that fits counts. Debian's alternatives are all named libblas.so.3 and told apart by their folder; that of
 * ATLAS is compiled for any x86-64 and uses 128-bit vectors at most.
 */
const KINDS: readonly Kind[] = [
  {
    name: "ATLAS",
    pattern: /\/(?:libatlas|libsatlas|libtatlas)[^/]*\.so|\/atlas\/lib\w*blas\.so/,
    isTuned: false,
  },
  {
    name: "the reference BLAS",
    pattern: /^(?!.*\/(?:openblas|blis|mkl|flexiblas)[^/]*\/).*\/lib(?:ref)?c?blas(?:64)?\.so/,
    isTuned: false,
  },
  { name: "OpenBLAS", pattern: /\/lib(?:scipy_)?openblas[^/]*\.so/, isTuned: true },
  { name: "MKL", pattern: /\/libmkl_(?:rt|core)[^/]*\.so/, isTuned: true },
  { name: "BLIS", pattern: /\/libblis[^/]*\.so/, isTuned: true },
];
