import { defineExperiment, table } from "../mod.ts";

// 406 cars of 1970 to 1982, from the StatLib library; the file is that of the package vega-datasets.
export default defineExperiment({
  name: "cars_regression",
  question:
    "How well do weight, engine, year and origin predict the mileage of a car, and does Huber's loss help?",
  conclusion:
    "Wider nets predict better, and Huber's loss makes no clear difference. A net is off by 2.7 miles per gallon on new cars " +
    "(RMSE), and six nets together by 2.4.",
  seed: 231,
  repeats: 6,
  ensemble: true,
  data: table({
    file: "npm:vega-datasets@3.2.1/data/cars.json",
    sha256: "f686a53678b21f4231e2f6a5ba7ce5761d9d39204fccdea1caa29fb8c460e319",
    target: "Miles_per_Gallon",
    drop: ["Name"],
    missing: { label: "dropRow" },
  }),
  grid: { width: [8, 32, 64], lossName: ["squared", "huber"] },
  trial: ({ width, lossName }) => ({
    model: { hiddenDims: [width, width], weightScale: "he" },
    solver: {
      optimizer: { name: "adamw", learningRate: 2e-3 },
      batchSize: 16,
      epochs: 50,
      loss: { name: lossName },
    },
  }),
});
