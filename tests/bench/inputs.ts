import { openStream, shuffle } from "../../lib/core/numbers/random.ts";
import { FullyConnectedNet } from "../../lib/nn/net/fully_connected_net.ts";
import { loadBenchData } from "./bench_data.ts";
import { GRID, GRID_SPLITS } from "./grid_settings.ts";
import { benchFolder } from "./tools.ts";
import { INPUT_DIM, NUM_CLASSES, type Workload, WORKLOADS } from "./workloads.ts";

/** Epochs whose batches are written. */
export const INPUT_EPOCHS = 5;

/**
 * Writes what every program of a table starts from, and returns the folder: pictures, labels and their mean, the rows of
 * each epoch in the order in which they are trained on, and the initial parameters of each net.
 *
 * Numbers are little-endian: bytes, int32 and float32. Programs that begin alike must have the same losses, which shows
 * that they do the same work.
 */
export async function writeInputs(): Promise<string> {
  const { folder, write } = await inputWriter();
  const { mean, ...splits } = await loadBenchData({ ...GRID_SPLITS, test: 1 });
  await write("mean", Float32Array.from(mean));
  for (const split of ["train", "validation"] as const) {
    const { x, labels } = splits[split];
    await write(`${split}_x`, x as Uint8Array);
    await write(`${split}_labels`, Uint8Array.from(labels));
  }
  await write("order", epochOrders());
  for (const workload of WORKLOADS) await write(workload.name, initialParameters(workload, 1e-2));
  for (const weightScale of GRID.weightScale) {
    await write(`grid_${weightScale}`, initialParameters(WORKLOADS[0], weightScale));
  }
  return folder;
}

/** Where programs read what they start from, and a way of writing it. */
export interface InputWriter {
  readonly folder: string;
  /** Writes `NAME.bin`. */
  readonly write: (name: string, values: Uint8Array | Int32Array | Float32Array) => Promise<void>;
}

/** Makes the folder of inputs if it is missing. */
export async function inputWriter(): Promise<InputWriter> {
  const folder = `${await benchFolder()}/inputs`;
  await Deno.mkdir(folder, { recursive: true });
  return {
    folder,
    write: (name, { buffer, byteOffset, byteLength }) =>
      // A copy, since the system's calls take no shared memory.
      Deno.writeFile(
        `${folder}/${name}.bin`,
        Uint8Array.from(new Uint8Array(buffer, byteOffset, byteLength)),
      ),
  };
}

/** Returns the rows of the training split in the order of each epoch, one epoch behind the other. */
function epochOrders(): Int32Array {
  const { train } = GRID_SPLITS;
  const orders = new Int32Array(train * INPUT_EPOCHS);
  for (let epoch = 1; epoch <= INPUT_EPOCHS; epoch++) {
    const order = orders.subarray((epoch - 1) * train, epoch * train);
    for (let row = 0; row < train; row++) order[row] = row;
    shuffle(order, openStream(`${STREAM_ROOT}/shuffle/${epoch}`));
  }
  return orders;
}

/** The first repeat of the grid's seed, so that its trials start from the same parameters and see the same batches. */
const STREAM_ROOT = "231/0";

function initialParameters(workload: Workload, weightScale: number): Float32Array {
  const { hiddenDims, normalization } = workload;
  const shape = { inputDim: INPUT_DIM, numClasses: NUM_CLASSES, hiddenDims, normalization, weightScale };
  const { parameters } = new FullyConnectedNet({ ...shape, seed: STREAM_ROOT });
  const all = new Float32Array(parameters.reduce((sum, { value }) => sum + value.data.length, 0));
  let at = 0;
  for (const { value } of parameters) {
    all.set(value.data, at);
    at += value.data.length;
  }
  return all;
}
