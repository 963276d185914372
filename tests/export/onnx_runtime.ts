import type { StoredRows } from "../../lib/kernels/contract/tensor.ts";

const RUNTIME = "npm:onnxruntime-web@1.30.0/wasm";
const PROGRAM = new URL("onnx_program.ts", import.meta.url).pathname;

/** A model and the raw rows to run it on. */
export type OnnxCase = { readonly model: Uint8Array } & (MatrixRows | ColumnRows);

interface MatrixRows {
  /** `[any, inputDim]` */
  readonly x: StoredRows;
  readonly inputDim: number;
}

/** Rows for a model with a preparation: texts or numbers for each input. */
interface ColumnRows {
  readonly columns: Readonly<Record<string, readonly (string | number)[]>>;
}

/** Returns the scores that ONNX Runtime gives each case, row after row. */
export async function onnxScores(cases: readonly OnnxCase[]): Promise<readonly Float64Array[]> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [i, rows] of cases.entries()) {
      await Deno.writeFile(`${folder}/${i}.onnx`, rows.model);
      await Deno.writeTextFile(`${folder}/${i}.cols`, String("x" in rows ? rows.inputDim : 0));
      if ("x" in rows) {
        await Deno.writeFile(`${folder}/${i}.rows`, new Uint8Array(Float32Array.from(rows.x).buffer));
      } else await Deno.writeTextFile(`${folder}/${i}.json`, JSON.stringify(rows.columns));
    }
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-config", "--no-lock", "--quiet", "--allow-read", `--allow-write=${folder}`],
        ...["--allow-env", PROGRAM, RUNTIME, folder, String(cases.length)],
      ],
    }).output();
    if (code !== 0) throw new Error(`Cannot run ONNX Runtime: ${new TextDecoder().decode(stderr)}`);
    const read = async (i: number) => new Float64Array((await Deno.readFile(`${folder}/${i}.scores`)).buffer);
    return await Promise.all(cases.map((_, i) => read(i)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
