// Several sources together: nets, solver and optimizers on each kind of kernels.
import { assertEquals } from "@std/assert";
import type { KernelKind } from "../../../lib/core/facts/kernel_kind.ts";
import { blobs } from "../../../lib/data/blobs.ts";
import { generateBlobs } from "../../../lib/data/generate_blobs.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import { outputsOf } from "../../../lib/nn/training/loss/outputs_of.ts";
import { Solver } from "../../../lib/nn/training/solver.ts";
import { SMALL_NETS } from "../../contract/small_nets.ts";
import { smallImages, type SmallImagesOptions } from "../../contract/small_images.ts";
import { SMALL_TARGET_TRAININGS, smallTargets } from "../../contract/small_targets.ts";
import { SMALL_AUGMENTED_TRAININGS, SMALL_TRAININGS } from "../../contract/small_trainings.ts";

const dataset = generateBlobs(
  blobs({ numClasses: 5, inputDim: 13, spread: 1, train: 230, validation: 70, test: 10 }),
);

const IMAGES: readonly SmallImagesOptions[] = [
  { image: { width: 8, height: 8, channels: 2 } },
  { image: { width: 5, height: 6, channels: 1 }, stored: "float32" },
];

for (const [model, optimizer] of SMALL_NETS) {
  for (const kind of ["wasm", "emulated"] as const) {
    Deno.test(`${kind} kernels train as the twin does: ${JSON.stringify(model)}, ${optimizer.name}`, () => {
      const train = (kernels: KernelKind) => {
        const net = new FullyConnectedNet({
          weightScale: "he",
          ...model,
          inputDim: 13,
          numClasses: 5,
          seed: 3,
          kernels,
        });
        return [...new Solver(net, { dataset, optimizer, batchSize: 23, epochs: 4, lrDecay: 0.9 }).epochs()];
      };
      assertEquals(train(kind), train("twin"));
    });
  }
}

const TRAININGS = [
  ...SMALL_TRAININGS.map((training) => [...training, dataset] as const),
  // Machine code gathers bytes of 128 columns or more; images of 5 columns do not fill words.
  ...SMALL_AUGMENTED_TRAININGS.flatMap((training) =>
    IMAGES.map((images) => [...training, smallImages(images)] as const)
  ),
];

const TARGET_TRAININGS = SMALL_TARGET_TRAININGS.map(({ kind, model, solver }) =>
  [model, solver, smallTargets(kind)] as const
);

for (const [model, settings, data] of [...TRAININGS, ...TARGET_TRAININGS]) {
  const { inputDim } = data;
  const what = `${JSON.stringify(settings)} and ${inputDim} features in ${data.train.x.constructor.name}`;
  for (const kind of ["wasm", "emulated"] as const) {
    Deno.test(`${kind} kernels train as the twin does with ${what}`, () => {
      const train = (kernels: KernelKind) => {
        const net = new FullyConnectedNet({
          ...{ weightScale: "he", ...model, inputDim, seed: 4, kernels },
          ...outputsOf(data, settings.loss),
        });
        const solver = {
          batchSize: 24,
          epochs: 4,
          optimizer: { name: "momentum", learningRate: 0.01 },
        } as const;
        return [...new Solver(net, { dataset: data, ...solver, ...settings }).epochs()];
      };
      assertEquals(train(kind), train("twin"));
    });
  }
}
