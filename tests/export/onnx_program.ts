// Run by onnx_runtime.ts: scores the rows of each case in a folder, `N.onnx` on `N.rows` or the columns `N.json`, and writes
// `N.scores`.
// A program of its own, since what deno.lock holds is downloaded for everybody, and ONNX Runtime is 130 MB.

/** The part of ONNX Runtime that is used here. */
interface Runtime {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly Tensor: new (
    type: "float32" | "float64" | "string",
    data: Float32Array | Float64Array | readonly string[],
    dims: readonly number[],
  ) => Tensor;
  readonly InferenceSession: { create(model: Uint8Array): Promise<Session> };
}

interface Tensor {
  readonly dims: readonly number[];
  readonly data: Float32Array | Float64Array;
}

interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
}

const [specifier, folder, count] = Deno.args;
const { env, Tensor, InferenceSession }: Runtime = await import(specifier);
env.wasm.numThreads = 1;
for (let i = 0; i < Number(count); i++) {
  const session = await InferenceSession.create(await Deno.readFile(`${folder}/${i}.onnx`));
  const { [session.outputNames[0]]: scores } = await session.run(await feedsOf(i));
  await Deno.writeFile(`${folder}/${i}.scores`, new Uint8Array(Float64Array.from(scores.data).buffer));
}

async function feedsOf(i: number): Promise<Readonly<Record<string, Tensor>>> {
  const inputDim = Number(await Deno.readTextFile(`${folder}/${i}.cols`));
  if (inputDim === 0) {
    const columns: Readonly<Record<string, readonly (string | number | null)[]>> = JSON.parse(
      await Deno.readTextFile(`${folder}/${i}.json`),
    );
    return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, columnOf(values)]));
  }
  const rows = new Float32Array((await Deno.readFile(`${folder}/${i}.rows`)).buffer);
  return { x: new Tensor("float32", rows, [rows.length / inputDim, inputDim]) };
}

/** JSON has null for NaN. */
function columnOf(values: readonly (string | number | null)[]): Tensor {
  const dims = [values.length, 1];
  return values.some((value) => typeof value === "string")
    ? new Tensor("string", values as readonly string[], dims)
    : new Tensor("float64", Float64Array.from(values, (value) => value === null ? NaN : Number(value)), dims);
}
