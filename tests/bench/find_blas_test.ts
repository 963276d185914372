import { assertEquals } from "@std/assert";
import { findBlas } from "./find_blas.ts";

const LIB = "/usr/lib/x86_64-linux-gnu";
const PYTHON = `7f0000000000-7f0000001000 r--p 00000000 fe:00 1                      /usr/bin/python3.11
7f0000001000-7f0000002000 rw-p 00000000 00:00 0
7f0000002000-7f0000003000 r-xp 00000000 fe:00 2 ${LIB}/libc.so.6
7f0000003000-7f0000004000 r-xp 00000000 fe:00 3 /usr/lib/python3/dist-packages/scipy/linalg/_fblas.cpython-311.so
7ffc00000000-7ffc00001000 r-xp 00000000 00:00 0 [vdso]
`;

function mapsOf(...paths: readonly string[]): string {
  return PYTHON + paths.map((path) => `7f1000000000-7f1000001000 r-xp 00000000 fe:00 9 ${path}\n`).join("");
}

const cases: readonly (readonly [string, string, boolean, ...(readonly string[])])[] = [
  [
    "OpenBLAS",
    `${LIB}/openblas-pthread/libopenblasp-r0.3.21.so`,
    true,
    `${LIB}/openblas-pthread/libblas.so.3`,
  ],
  ["OpenBLAS", "/site-packages/numpy.libs/libscipy_openblas64_-32a4b2a6.so", true],
  ["OpenBLAS", "/usr/lib/libopenblas.so.0.3", true],
  ["BLIS", `${LIB}/blis-pthread/libblis.so.4.0.0`, true, `${LIB}/blis-pthread/libblas.so.3`],
  ["MKL", "/opt/conda/lib/libmkl_rt.so.2", true],
  ["the reference BLAS", `${LIB}/blas/libblas.so.3.11.0`, false],
  ["the reference BLAS", "/usr/lib64/libblas.so.3.12.0", false],
  ["the reference BLAS", "/usr/lib/libcblas.so.3.12.0", false],
  ["ATLAS", `${LIB}/atlas/libblas.so.3.10.3`, false],
];

for (const [name, path, isTuned, ...others] of cases) {
  Deno.test(`findBlas() says ${name} when ${path} is loaded`, () => {
    assertEquals(findBlas(mapsOf(...others, path)), { name, path, isTuned });
  });
}

Deno.test("findBlas() says the reference BLAS when another library of the process brought OpenBLAS", () => {
  const path = `${LIB}/blas/libblas.so.3.11.0`;
  const maps = mapsOf("/site-packages/numpy.libs/libscipy_openblas64_-32a4b2a6.so", path);
  assertEquals(findBlas(maps), { name: "the reference BLAS", path, isTuned: false });
});

Deno.test("findBlas() trusts nothing when no BLAS can be seen", () => {
  for (const maps of ["", PYTHON]) {
    assertEquals(findBlas(maps), { name: "no BLAS that is known here", path: null, isTuned: false });
  }
});
