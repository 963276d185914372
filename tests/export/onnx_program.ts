// Run by onnx_runtime.ts: scores the rows of each case in a folder, `N.onnx` on `N.rows`, and writes `N.scores`.
// A program of its own, since what deno.lock holds is downloaded for everybody, and ONNX Runtime is 130 MB.

/** The part of ONNX Runtime that is used here. */
interface Runtime {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => Tensor;
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
  const rows = new Float32Array((await Deno.readFile(`${folder}/${i}.rows`)).buffer);
  const inputDim = Number(await Deno.readTextFile(`${folder}/${i}.cols`));
  const x = new Tensor("float32", rows, [rows.length / inputDim, inputDim]);
  const { scores } = await session.run({ x });
  await Deno.writeFile(`${folder}/${i}.scores`, new Uint8Array(Float64Array.from(scores.data).buffer));
}
