import { assert, assertEquals, assertThrows } from "@std/assert";
import type { MetricName } from "../../../../lib/core/facts/metric.ts";
import { openStream } from "../../../../lib/core/numbers/random.ts";
import { NotFiniteError } from "../../../../lib/nn/net/not_finite_error.ts";
import { measureTargets, type TargetRows } from "./measure_targets.ts";

const METRICS = ["validationRmse", "validationMae", "validationR2", "validationLoss"] as const;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What scikit-learn defines, column by column. */
function naive({ values, outputs, scales }: Required<Omit<TargetRows, "lines">>): readonly number[] {
  const columns = scales.map(({ offset, divisor }, j) => {
    const truth = values.map((row) => row[j]);
    const errors = outputs.map((row, i) => row[j] * divisor + offset - truth[i]);
    const squares = mean(errors.map((error) => error ** 2));
    const spread = mean(truth.map((value) => (value - mean(truth)) ** 2));
    return [
      Math.sqrt(squares),
      mean(errors.map(Math.abs)),
      1 - squares / spread,
      squares / divisor ** 2,
    ];
  });
  return METRICS.map((_, metric) => mean(columns.map((column) => column[metric])));
}

const SEED = Deno.env.get("SEEDBED_TEST_SEED") ?? "231";

Deno.test(`bindMetrics() measures numbers as a second implementation does, of any rows and targets (seed ${SEED})`, () => {
  const { normal, below } = openStream(`${SEED}/numbers`);
  for (let round = 0; round < 60; round++) {
    const [n, width] = [2 + below(40), 1 + below(5)];
    const matrix = (size: number) =>
      Array.from({ length: n }, () => Array.from({ length: width }, () => size * normal()));
    const size = 10 ** (below(9) - 4);
    const scales = Array.from({ length: width }, () => ({
      offset: size * normal(),
      divisor: size * Math.abs(normal()) + 1e-9,
    }));
    const rows = { kind: "numbers", values: matrix(size), outputs: matrix(1), scales } as const;
    const { accuracy, values } = measureTargets(rows, METRICS);
    assertEquals(accuracy, null);
    naive(rows).forEach((wanted, metric) => {
      const off = Math.abs(values[metric] - wanted) / Math.max(1e-300, Math.abs(wanted));
      assert(off < 1e-9, `round ${round}, ${METRICS[metric]}: ${values[metric]}, wanted ${wanted}`);
    });
  }
});

interface HandCase {
  readonly name: string;
  readonly values: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
  readonly r2: number;
}

const ALIKE = [0.1, 0.7, 1e15 + 0.5, -3e-7, 1 / 3].flatMap((value): readonly HandCase[] =>
  [3, 7, 10].map((n) => ({
    name: `${n} rows of ${value}`,
    values: Array.from({ length: n }, () => [value]),
    outputs: Array.from({ length: n }, (_, row) => [row === 0 ? value * 2 : value]),
    r2: 0,
  }))
);

const R2: readonly HandCase[] = [
  { name: "a row that is right", values: [[3]], outputs: [[3]], r2: 1 },
  { name: "a row that is wrong", values: [[3]], outputs: [[4]], r2: 0 },
  {
    name: "equal numbers that are right",
    values: [[0.1], [0.1], [0.1]],
    outputs: [[0.1], [0.1], [0.1]],
    r2: 1,
  },
  ...ALIKE,
  { name: "the mean alone", values: [[1], [2], [3]], outputs: [[2], [2], [2]], r2: 0 },
  { name: "predictions that are worse than the mean", values: [[1], [3]], outputs: [[3], [1]], r2: -3 },
  // 1 - 0.5 / 2 and 0, of which this is the mean.
  {
    name: "two targets, of which one is the same in all rows",
    values: [[1, 5], [3, 5]],
    outputs: [[1.5, 4], [2.5, 6]],
    r2: 0.375,
  },
];

for (const { name, r2, ...rows } of R2) {
  Deno.test(`bindMetrics() has an R² of ${r2} of ${name}`, () => {
    assertEquals(measureTargets({ kind: "numbers", ...rows }, ["validationR2"]).values, [r2]);
  });
}

for (const metric of METRICS) {
  Deno.test(`bindMetrics() names the row and the line where ${metric} is not finite`, () => {
    const outputs = [[1, 1], [1, 1e300], [1, -1e300]];
    const measure = (lines?: Int32Array) =>
      measureTargets({
        kind: "numbers",
        scales: [{ offset: 0, divisor: 1 }, { offset: 0, divisor: 1e10 }],
        values: outputs.map(() => [0, 0]),
        outputs,
        lines,
      }, [metric satisfies MetricName]);
    const found = "the error of output 1 is Infinity for row 1 of the rows";
    assertEquals(assertThrows(() => measure(), NotFiniteError).message, found);
    assertEquals(
      assertThrows(() => measure(Int32Array.of(5, 9, 14)), NotFiniteError).message,
      `${found} (line 9 of its file)`,
    );
  });
}
