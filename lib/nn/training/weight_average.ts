import type { Operation } from "../../kernels/contract/operation.ts";
import type { FullyConnectedNet } from "../net/fully_connected_net.ts";
import type { NamedTensor } from "../net/named_tensor.ts";
import { fillTensors } from "../net/tensor_bytes.ts";
import type { AveragingSpec } from "./solver_spec.ts";

/** An exponential moving average of a net's tensors, which are its parameters and running averages. */
export interface WeightAverage {
  /** The averages, in the order of the net's tensors. */
  readonly tensors: readonly NamedTensor[];
  /** Moves the averages toward the net's tensors. */
  move(): void;
  /** Exchanges the averages and the net's tensors; a second call restores both. */
  swap(): void;
  /** Sets the averages from a snapshot of a net of the same shape. */
  restore(snapshot: Uint8Array): void;
}

/** Binds the average of a net's tensors, which begins with what they are. */
export function averageWeights(net: FullyConnectedNet, { decay }: AveragingSpec): WeightAverage {
  const { kernels } = net;
  const tensors = net.tensors.map(({ name, value: start }) => {
    const value = kernels.tensor(start.rows, start.cols);
    value.data.set(start.data);
    return { name: `moving average of ${name}`, value };
  });
  const moves: readonly Operation[] = net.tensors.map(({ value: x }, i) =>
    kernels.moveAverage({ average: tensors[i].value, x, decay })
  );
  const largest = Math.max(...net.tensors.map(({ value: { data } }) => data.length));
  const kept = kernels.dtype === "float32" ? new Float32Array(largest) : new Float64Array(largest);
  return {
    tensors,
    move() {
      for (let i = 0; i < moves.length; i++) moves[i]();
    },
    swap() {
      net.tensors.forEach(({ value }, i) => {
        const other = tensors[i].value;
        const mine = kept.subarray(0, value.data.length);
        mine.set(value.data);
        value.data.set(other.data);
        other.data.set(mine);
      });
    },
    restore: (snapshot) => fillTensors(tensors, snapshot),
  };
}
