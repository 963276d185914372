import { assertEquals } from "@std/assert";
import { programEnvironment } from "./environment.ts";

Deno.test("programEnvironment() takes out what picks kernels and threads, and names it when it is set", () => {
  const { kept, unset } = programEnvironment({
    HOME: "/root",
    OPENBLAS_CORETYPE: "Haswell",
    omp_num_threads: "4",
    MKL_DEBUG_CPU_TYPE: "5",
    NPY_DISABLE_CPU_FEATURES: "AVX512F",
    ATEN_CPU_CAPABILITY: "default",
    DENO_V8_FLAGS: "--no-wasm-bounds-checks",
  });
  assertEquals(kept, { HOME: "/root" });
  assertEquals(unset, [
    "ATEN_CPU_CAPABILITY=default",
    "DENO_V8_FLAGS=--no-wasm-bounds-checks",
    "MKL_DEBUG_CPU_TYPE=5",
    "NPY_DISABLE_CPU_FEATURES=AVX512F",
    "OPENBLAS_CORETYPE=Haswell",
    "omp_num_threads=4",
  ]);
});

Deno.test("programEnvironment() keeps everything when nothing changes the speed", () => {
  const variables = {
    PATH: "/bin",
    COMP_WORDBREAKS: ":",
    LD_LIBRARY_PATH: "/opt",
    MY_OPENBLAS_CORETYPE: "x",
  };
  assertEquals(programEnvironment(variables), { kept: variables, unset: [] });
});
