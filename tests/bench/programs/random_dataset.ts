import type { Dataset, Split } from "../../../lib/data/dataset.ts";
import { featureMean } from "../../../lib/data/feature_mean.ts";
import { sharedBytes, sharedLabels } from "../../../lib/data/shared_arrays.ts";
import { INPUT_DIM, NUM_CLASSES, TRAIN_ROWS } from "../workloads.ts";

/** Makes a data set of CIFAR-10's shape out of random bytes: a step takes as long on it, and nothing is fetched. */
export function randomDataset(rows: number = TRAIN_ROWS): Dataset {
  const train = randomSplit(rows);
  return {
    inputDim: INPUT_DIM,
    numClasses: NUM_CLASSES,
    classNames: Array.from({ length: NUM_CLASSES }, (_, label) => String(label)),
    image: null,
    mean: featureMean(train, INPUT_DIM),
    train,
    validation: randomSplit(1),
    test: randomSplit(1),
  };
}

function randomSplit(n: number): Split {
  const x = sharedBytes(n * INPUT_DIM);
  const words = new Uint32Array(x.buffer);
  let state = 231;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let i = 0; i < words.length; i++) words[i] = next();
  return { n, x, labels: sharedLabels(Array.from({ length: n }, () => next() % NUM_CLASSES)) };
}
