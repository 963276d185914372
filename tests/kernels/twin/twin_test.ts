import { assertEquals } from "@std/assert";
import { sha256Hex } from "../../../lib/core/numbers/digest.ts";
import { createTwin } from "../../../lib/kernels/twin/twin.ts";
import { createInputs, KERNEL_CASES, pathOf } from "../../contract/kernel_cases.ts";

/**
 * The first 16 digits of the SHA-256 of every case's outputs, as the first version of the numerics gave them. They may
 * change only together with NUMERICS_VERSION; `deno run -A tests/kernels/twin/twin_test.ts` writes them.
 */
const FILE = new URL("../../golden/kernel_digests.json", import.meta.url);

function digestOf(kernelCase: typeof KERNEL_CASES[number]): string {
  const inputs = createInputs(createTwin("float32"), { path: pathOf(kernelCase.name), values: "special" });
  const numbers = kernelCase.run(inputs).flatMap((output) => Array.from(output));
  // A float64 array holds both float32 and float64 outputs; NaN payloads are no part of the promise.
  const bits = Float64Array.from(numbers, (number) => number !== number ? NaN : number);
  return sha256Hex(new Uint8Array(bits.buffer)).slice(0, 16);
}

if (import.meta.main) {
  const digests = Object.fromEntries(
    KERNEL_CASES.map((kernelCase) => [kernelCase.name, digestOf(kernelCase)]),
  );
  await Deno.writeTextFile(FILE, JSON.stringify(digests, null, 2) + "\n");
} else {
  const committed: Readonly<Record<string, string>> = JSON.parse(await Deno.readTextFile(FILE));

  for (const kernelCase of KERNEL_CASES) {
    Deno.test(`twin kernels keep their committed bits: ${kernelCase.name}`, () => {
      assertEquals(digestOf(kernelCase), committed[kernelCase.name]);
    });
  }
}
