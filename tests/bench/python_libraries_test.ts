import { assertEquals, assertStringIncludes } from "@std/assert";
import { blasProblem } from "./python_libraries.ts";

const REFERENCE = "7f0-7f1 r-xp 00000000 fe:00 9 /usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0\n";
const OPENBLAS = "7f0-7f1 r-xp 00000000 fe:00 9 /usr/lib/x86_64-linux-gnu/libopenblas.so.0\n";

Deno.test("blasProblem() names the BLAS and the command that sets another up when it is the reference", () => {
  const problem = blasProblem({ version: "1.24.2", maps: REFERENCE, holdsMkl: false, kernels: null })!;
  assertStringIncludes(problem, "the reference BLAS (/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0)");
  assertStringIncludes(problem, "apt-get install libopenblas0-pthread");
});

Deno.test("blasProblem() finds a problem when no BLAS can be seen", () => {
  assertStringIncludes(
    blasProblem({ version: "2.4.6", maps: "", holdsMkl: false, kernels: null })!,
    "no BLAS that is known",
  );
});

Deno.test("blasProblem() finds none when the library computes with OpenBLAS, or with an MKL of its own", () => {
  assertEquals(blasProblem({ version: "1.24.2", maps: OPENBLAS, holdsMkl: false, kernels: null }), null);
  assertEquals(blasProblem({ version: "2.5.0", maps: "", holdsMkl: true, kernels: null }), null);
});

Deno.test("blasProblem() names the kernels when OpenBLAS took those of a processor without AVX", () => {
  const found = (kernels: string) =>
    blasProblem({ version: "1.24.2", maps: OPENBLAS, holdsMkl: false, kernels });
  assertStringIncludes(found("Prescott")!, "does not know this processor and took its kernels for Prescott");
  assertEquals(["SkylakeX", "Haswell", "Zen", "Cooperlake", "neoversen1"].map(found), [
    null,
    null,
    null,
    null,
    null,
  ]);
});
