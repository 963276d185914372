import { openStream, shuffle } from "../../lib/core/numbers/random.ts";

/** Returns changes of the experiment to a file whose one row of the test split is too large for one of two nets. */
export async function withOverflowingTest(folder: string): Promise<Readonly<Record<string, string>>> {
  const order = Int32Array.from({ length: 41 }, (_, row) => row);
  shuffle(order, openStream("csv/0"));
  const lines = Array.from(
    { length: 41 },
    (_, row) => `${row % 2 * 4 - 2 + row / 100},${row % 2 ? "a" : "b"}`,
  );
  lines[order[40]] = "3e38,a";
  const file = `${folder}/rows.csv`;
  await Deno.writeTextFile(file, ["x,y", ...lines, ""].join("\n"));
  return {
    "import { blobs": "import { csvDataset",
    "data: blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 })":
      `data: csvDataset({ file: "${file}", label: "y", classes: ["a", "b"], train: 30, validation: 10, test: 1, folds: 2 })`,
    "rate: [0.001, 0.1, 1e30]": "scale: [2, 1e-5]",
    "({ rate, hidden })": "({ scale, hidden })",
    'weightScale: "he"': "weightScale: scale",
    "learningRate: rate": "learningRate: 0.001",
  };
}
