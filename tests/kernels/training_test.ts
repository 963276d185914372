import { assertEquals } from "@std/assert";
import type { KernelKind } from "../../lib/core/kernel_kind.ts";
import { generateBlobs } from "../../lib/data/generate_blobs.ts";
import { blobs } from "../../lib/data/blobs.ts";
import { FullyConnectedNet } from "../../lib/nn/fully_connected_net.ts";
import type { ModelSpec } from "../../lib/nn/model_spec.ts";
import type { OptimizerSpec } from "../../lib/nn/optimizer_spec.ts";
import { Solver } from "../../lib/nn/solver.ts";

const dataset = generateBlobs(
  blobs({ numClasses: 5, inputDim: 13, spread: 1, train: 230, validation: 70, test: 10 }),
);

const NETS: readonly (readonly [ModelSpec, OptimizerSpec])[] = [
  [{ hiddenDims: [] }, { name: "sgd", learningRate: 0.1 }],
  [{ hiddenDims: [17, 9], reg: 1e-3 }, { name: "momentum", learningRate: 0.01 }],
  [
    { hiddenDims: [21, 10, 6], normalization: "batchnorm", dropoutKeepRatio: 0.7 },
    { name: "momentum", learningRate: 0.01, nesterov: true },
  ],
  [{ hiddenDims: [18, 7], normalization: "layernorm", reg: 1e-2 }, { name: "rmsprop", learningRate: 1e-3 }],
  [{ hiddenDims: [33], normalization: "batchnorm" }, { name: "adam", learningRate: 1e-2 }],
  [{ hiddenDims: [30, 30], dropoutKeepRatio: 0.5 }, { name: "adamw", learningRate: 1e-2 }],
];

for (const [model, optimizer] of NETS) {
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
