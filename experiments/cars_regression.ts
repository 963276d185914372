import { defineExperiment, table } from "../mod.ts";

// Gas mileage of 406 cars of 1970 to 1982, from the StatLib library; the file is that of the package vega-datasets.
export default defineExperiment({
  name: "cars_regression",
  question: "How well do a car's weight, engine, year and origin say how far it goes on a gallon?",
  seed: 231,
  repeats: 3,
  data: table({
    file: "npm:vega-datasets@3.2.1/data/cars.json",
    sha256: "f686a53678b21f4231e2f6a5ba7ce5761d9d39204fccdea1caa29fb8c460e319",
    target: "Miles_per_Gallon",
    drop: ["Name"],
    missing: { label: "dropRow" },
  }),
  grid: {
    hiddenDims: [8, 32, 64],
    lossName: ["squared", "huber"],
    learningRate: [1e-3, 3e-3],
  },
  trial: ({ hiddenDims, lossName, learningRate }) => ({
    model: { hiddenDims: [hiddenDims, hiddenDims], weightScale: "he" },
    solver: {
      optimizer: { name: "adamw", learningRate },
      batchSize: 16,
      epochs: 60,
      loss: { name: lossName },
    },
  }),
});
