import { assert, assertEquals, assertThrows } from "@std/assert";
import { openStream } from "../../../../lib/core/numbers/random.ts";
import { NotFiniteError } from "../../../../lib/nn/net/not_finite_error.ts";
import { measureTargets, type TargetRows } from "./measure_targets.ts";

const METRICS = ["validationLabelAccuracy", "validationMacroF1", "validationLoss"] as const;

type Rows = Pick<TargetRows, "values" | "outputs">;

/** What scikit-learn and PyTorch define, label by label. */
function naive({ values, outputs }: Rows): readonly number[] {
  const found = outputs.map((row) => row.map((score) => Number(1 / (1 + Math.exp(-score)) > 0.5)));
  const width = values[0].length;
  const cells = values.flatMap((row, i) =>
    row.map((value, j) => [value, found[i][j], outputs[i][j]] as const)
  );
  const share = (holds: (cell: readonly number[]) => boolean) => cells.filter(holds).length / cells.length;
  const f1 = Array.from({ length: width }, (_, j) => {
    const count = (value: number, predicted: number) =>
      values.filter((row, i) => row[j] === value && found[i][j] === predicted).length;
    const [both, wrong] = [count(1, 1), count(0, 1) + count(1, 0)];
    return both === 0 ? 0 : both / (both + wrong / 2);
  });
  const losses = cells.map(([value, , score]) => -Math.log(1 / (1 + Math.exp(value === 1 ? -score : score))));
  return [
    values.filter((row, i) => row.join() === found[i].join()).length / values.length,
    share(([value, predicted]) => value === predicted),
    f1.reduce((sum, one) => sum + one, 0) / width,
    losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
  ];
}

const SEED = Deno.env.get("SEEDBED_TEST_SEED") ?? "231";

Deno.test(`bindMetrics() measures labels as a second implementation does, of any rows (seed ${SEED})`, () => {
  const { normal, below } = openStream(`${SEED}/labels`);
  for (let round = 0; round < 60; round++) {
    const [n, width, share] = [1 + below(30), 2 + below(4), 1 + below(5)];
    const rowsOf = (cell: () => number) =>
      Array.from({ length: n }, () => Array.from({ length: width }, cell));
    const rows = { values: rowsOf(() => Number(below(share) === 0)), outputs: rowsOf(() => 3 * normal()) };
    const { accuracy, values } = measureTargets({ kind: "labels", ...rows }, METRICS);
    const [exact, ...wanted] = naive(rows);
    assertEquals(accuracy, exact, `round ${round}`);
    wanted.forEach((value, metric) => {
      assert(
        Math.abs(values[metric] - value) < 1e-12,
        `round ${round}, ${METRICS[metric]}: ${values[metric]}, wanted ${value}`,
      );
    });
  }
});

Deno.test("bindMetrics() has an F1 of 0 of a label that no row has or is predicted to have", () => {
  const rows = { values: [[1, 0], [0, 0]], outputs: [[2, -1], [-2, -1]] };
  assertEquals(measureTargets({ kind: "labels", ...rows }, ["validationMacroF1"]).values, [0.5]);
});

Deno.test("bindMetrics() predicts a label above a half alone: not at a score of 0", () => {
  const rows = { values: [[0, 0], [1, 1]], outputs: [[0, -0], [0, Number.MIN_VALUE]] };
  const { accuracy, values } = measureTargets({ kind: "labels", ...rows }, ["validationLabelAccuracy"]);
  assertEquals([accuracy, values], [0.5, [0.75]]);
});

Deno.test("bindMetrics() has a finite loss of labels at any score that is no overflow, and names the row of another", () => {
  const rows = { values: [[0, 1], [1, 0]], outputs: [[-800, 800], [-800, 0]] };
  assertEquals(measureTargets({ kind: "labels", ...rows }, ["validationLoss"]).values, [
    (800 + Math.log(2)) / 4,
  ]);
  const large = { values: [[0, 0], [0, 0]], outputs: [[0, 0], [1.5e308, 1.5e308]] };
  const error = assertThrows(
    () => measureTargets({ kind: "labels", ...large, lines: Int32Array.of(2, 3) }, ["validationLoss"]),
    NotFiniteError,
  );
  assertEquals(error.message, "the loss is Infinity for row 1 of the rows (line 3 of its file)");
});
