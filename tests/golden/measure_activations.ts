import { KEPT, type SmoothActivation } from "../../lib/kernels/contract/activation_kernels.ts";
import { createKernels } from "../../lib/kernels/create_kernels.ts";

/**
 * Measures the errors of the activation functions over every float32, against long double of the C library:
 *
 *     deno run -A --lock=lib/deno.lock tests/golden/measure_activations.ts [stride] [name]
 *
 * It needs gcc on x86-64, and some minutes for each function. What it found stands in `lib/kernels/README.md`. The
 * functions that are computed from their output have derivatives of plain products, which are not measured.
 */
const FUNCTIONS: readonly (readonly [SmoothActivation, "value" | "gradient"])[] = [
  ["gelu", "value"],
  ["gelu", "gradient"],
  ["geluTanh", "value"],
  ["geluTanh", "gradient"],
  ["silu", "value"],
  ["silu", "gradient"],
  ["tanh", "value"],
  ["sigmoid", "value"],
];

const COUNT = 1 << 16;
const [stride = "1", only] = Deno.args;
const { library, folder } = await compile();

for (const [which, [name, part]] of FUNCTIONS.entries()) {
  if (only !== undefined && only !== `${name}/${part}`) continue;
  const found = measure(which, { name, part });
  const [wrong, units, relative, absolute, special] = found;
  console.log(
    `${name} ${part}: ${wrong} not the nearest float32, those within ${units.toFixed(9)} units; float64: ` +
      `relative ${relative.toFixed(3)} * 2^-53, absolute ${
        absolute.toExponential(2)
      }; ${special} wrong NaN or infinities`,
  );
}
library.close();
await Deno.remove(folder, { recursive: true });

async function compile() {
  const folder = await Deno.makeTempDir();
  const source = new URL("./activation_errors.c", import.meta.url).pathname;
  const path = `${folder}/activation_errors.so`;
  const { success } = await new Deno.Command("gcc", {
    args: ["-O2", "-shared", "-fPIC", "-o", path, source, "-lm"],
  }).output();
  if (!success) throw new Error("Cannot compile activation_errors.c with gcc");
  const library = Deno.dlopen(path, {
    measure: { parameters: ["i32", "i32", "buffer", "buffer", "buffer", "buffer"], result: "void" },
  });
  return { library, folder };
}

interface Measured {
  readonly name: SmoothActivation;
  readonly part: "value" | "gradient";
}

function measure(which: number, { name, part }: Measured): Float64Array {
  const bound = (["float32", "float64"] as const).map((dtype) => {
    const kernels = createKernels({ dtype, kind: "wasm" });
    const [x, dy, out] = [1, 2, 3].map(() => kernels.tensor(1, COUNT));
    dy.data.fill(1);
    if (part === "gradient" && KEPT[name] !== "input") throw new Error(`Cannot measure ${name}`);
    const run = part === "value"
      ? kernels.activation({ name, x, out })
      : kernels.activationGradient({ name, kept: x, dy, out });
    return { x, out, run };
  });
  const bits = new Uint32Array(COUNT);
  const inputs = new Float32Array(bits.buffer);
  const found = new Float64Array(5);
  for (let start = 0; start < 2 ** 32; start += COUNT * Number(stride)) {
    for (let i = 0; i < COUNT; i++) bits[i] = start + i * Number(stride);
    for (const { x, run } of bound) {
      x.data.set(inputs);
      run();
    }
    const [single, full] = bound.map(({ out }) => out.data.slice());
    library.symbols.measure(which, COUNT, inputs, single as Float32Array<ArrayBuffer>, full, found);
  }
  return found;
}
