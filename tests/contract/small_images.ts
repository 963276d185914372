import { openStream } from "../../lib/core/numbers/random.ts";
import type { Dataset, ImageShape, Split } from "../../lib/data/base/dataset.ts";

/** Options of {@link smallImages}. */
export interface SmallImagesOptions {
  readonly image: ImageShape;
  /** What holds the pixels. Default: bytes. */
  readonly stored?: "uint8" | "float32" | "float64";
}

/** Makes a data set of random images in three classes, each brighter in other lines; 115 of them to train on. */
export function smallImages({ image, stored = "uint8" }: SmallImagesOptions): Dataset {
  const { width, height, channels } = image;
  const inputDim = width * height * channels;
  const stream = openStream(`images/${width}/${height}/${channels}`);
  const splitOf = (n: number): Split => {
    const labels = Int32Array.from({ length: n }, () => stream.below(3));
    const pixels = Uint8Array.from({ length: n * inputDim }, (_, i) => {
      const line = Math.floor(i / width) % height;
      return stream.below(150) + (line % 3 === labels[Math.floor(i / inputDim)] ? 105 : 0);
    });
    const x = stored === "uint8"
      ? pixels
      : stored === "float32"
      ? Float32Array.from(pixels, (value) => value / 255)
      : Float64Array.from(pixels, (value) => value / 255);
    return { n, x, labels };
  };
  const [train, validation, test] = [115, 60, 10].map(splitOf);
  const mean = Float64Array.from({ length: inputDim }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < train.n; i++) sum += train.x[i * inputDim + j];
    return sum / train.n;
  });
  return {
    ...{ inputDim, numClasses: 3, classNames: ["a", "b", "c"], image },
    mean: stored === "float64" ? mean : Float32Array.from(mean),
    ...{ train, validation, test },
  };
}
