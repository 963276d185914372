import { assertEquals, assertThrows } from "@std/assert";
import type { MetricName, MetricValues } from "../../../../lib/core/facts/metric.ts";
import { FullyConnectedNet } from "../../../../lib/nn/net/fully_connected_net.ts";
import { NotFiniteError } from "../../../../lib/nn/net/not_finite_error.ts";
import { DivergedError } from "../../../../lib/nn/training/diverged_error.ts";
import { Solver } from "../../../../lib/nn/training/solver.ts";
import { assertClose, readFixtures } from "../../../golden/fixtures.ts";
import { measureScores, metricsOf, type ScoredRows } from "./measure_scores.ts";

interface FixtureCase extends ScoredRows {
  readonly name: string;
  readonly found: Readonly<Record<string, number>>;
}

const { cases } = await readFixtures<{ readonly cases: readonly FixtureCase[] }>("metrics");

for (const { name, found, ...rows } of cases) {
  Deno.test(`bindMetrics() measures what scikit-learn does when there are ${name}`, () => {
    const measured = measureScores(rows, metricsOf(rows.scores[0].length));
    assertEquals(Object.keys(measured).sort(), Object.keys(found).sort());
    for (const [metric, value] of Object.entries(found)) {
      assertClose([measured[metric as MetricName]!], [value!], metric);
    }
  });
}

interface HandCase extends ScoredRows {
  readonly name: string;
  readonly found: MetricValues;
}

const BY_HAND: readonly HandCase[] = [
  {
    name: "a class is only predicted",
    labels: [0, 0, 0, 1],
    scores: [[1, 0, 0], [1, 0, 0], [0, 0, 1], [1, 0, 0]],
    // F1: 4/6, 0/1 and 0/1; recall: 2/3 and 0.
    found: {
      validationAccuracy: 0.5,
      validationMacroF1: (4 / 6) / 3,
      validationBalancedAccuracy: (2 / 3) / 2,
      validationTop2Accuracy: 1,
    },
  },
  {
    name: "a class does not occur",
    labels: [0, 1, 1, 1],
    scores: [[2, 1, 0], [2, 1, 0], [1, 2, 0], [1, 2, 0]],
    // F1: 2/3 and 4/5; recall: 1 and 2/3.
    found: { validationMacroF1: (2 / 3 + 4 / 5) / 2, validationBalancedAccuracy: (1 + 2 / 3) / 2 },
  },
  {
    name: "all scores are equal, so that the first classes count as higher",
    labels: [0, 1, 2, 3],
    scores: [[5, 5, 5, 5], [5, 5, 5, 5], [5, 5, 5, 5], [5, 5, 5, 5]],
    found: {
      validationAccuracy: 0.25,
      validationLoss: Math.log(4),
      validationTop2Accuracy: 0.5,
      validationTop3Accuracy: 0.75,
    },
  },
  {
    name: "differences are equal, 0 and -0 among them",
    labels: [1, 0, 1, 0, 0],
    scores: [[0, 0], [-0, 0], [0, 2], [0, 2], [0, -1]],
    // Pairs: of 0 with 0, 2 and -1: 1/2, 0, 1; of 2 with them: 1, 1/2, 1.
    found: { validationAuc: 4 / 6 },
  },
  {
    name: "two classes are told apart",
    labels: [0, 1],
    scores: [[0, -3], [0, -2]],
    found: { validationAccuracy: 0.5, validationAuc: 1 },
  },
  {
    name: "a probability is below the smallest number",
    labels: [1],
    scores: [[0, -1e6]],
    found: { validationLoss: 1e6 },
  },
];

for (const { name, found, ...rows } of BY_HAND) {
  Deno.test(`bindMetrics() measures what paper and pencil give when ${name}`, () => {
    const metrics = (Object.keys(found) as MetricName[]).filter((metric) => metric !== "validationAccuracy");
    const measured = measureScores(rows, metrics);
    for (const [metric, value] of Object.entries(found)) {
      assertClose([measured[metric as MetricName]!], [value!], metric);
    }
  });
}

Deno.test("bindMetrics() measures what plain definitions give when scores are random", () => {
  const seed = Math.floor(Math.random() * 1e9);
  const random = randomNumbers(seed);
  for (let round = 0; round < 200; round++) {
    const numClasses = 2 + Math.floor(random() * 4);
    // Every class of two occurs, as AUC needs it.
    const labels = Array.from(
      { length: 2 + Math.floor(random() * 30) },
      (_, row) => row < 2 ? row : Math.floor(random() * numClasses),
    );
    // Few distinct scores, so that many are equal.
    const scores = labels.map(() => Array.from({ length: numClasses }, () => Math.floor(random() * 6) / 2));
    const measured = measureScores({ labels, scores }, metricsOf(numClasses));
    for (const [metric, value] of Object.entries(naive({ labels, scores }))) {
      assertClose([measured[metric as MetricName]!], [value!], `seed ${seed}, round ${round}: ${metric}`);
    }
  }
});

Deno.test("bindMetrics() throws when a loss is not finite", () => {
  const scores = [[0, 1], [1e308, -1e308]];
  const error = assertThrows(
    () => measureScores({ labels: [0, 1], scores }, ["validationLoss"]),
    NotFiniteError,
  );
  assertEquals(error.message, "the loss is Infinity for row 1 of the rows");
  assertEquals(measureScores({ labels: [0, 1], scores }, []), { validationAccuracy: 0 });
});

Deno.test("Solver ends as diverged when a loss on validation is not finite", () => {
  const net = new FullyConnectedNet({
    hiddenDims: [],
    inputDim: 1,
    numClasses: 2,
    dtype: "float64",
    seed: 1,
  });
  net.parameters[0].value.data.set([1e308, -1e308]);
  const split = { n: 2, x: Float64Array.from([0, 1.5]), labels: Int32Array.from([0, 1]) };
  const dataset = {
    ...{ inputDim: 1, numClasses: 2, classNames: ["a", "b"], image: null, mean: new Float64Array(1) },
    ...{ train: split, validation: split, test: split },
  };
  const optimizer = { name: "sgd", learningRate: 1 } as const;
  const solver = new Solver(net, { dataset, optimizer, batchSize: 1, epochs: 1, select: "validationLoss" });
  const error = assertThrows(() => solver.train(), DivergedError);
  assertEquals(error.message, "the loss is Infinity for row 1 of the validation split before training");
});

/** Returns every metric, by definitions that share no line with the measured code. */
function naive({ labels, scores }: ScoredRows): MetricValues {
  const numClasses = scores[0].length;
  const ranked = scores.map((row) =>
    row.map((_, j) => j).sort((left, right) => row[right] - row[left] || left - right)
  );
  const rows = labels.map((label, row) => ({ label, predicted: ranked[row][0] }));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const classes = scores[0].map((_, j) => j);
  const f1 = classes.filter((j) => rows.some(({ label, predicted }) => label === j || predicted === j)).map(
    (j) => {
      const correct = rows.filter(({ label, predicted }) => label === j && predicted === j).length;
      if (correct === 0) return 0;
      const precision = correct / rows.filter(({ predicted }) => predicted === j).length;
      const recall = correct / rows.filter(({ label }) => label === j).length;
      return 2 * precision * recall / (precision + recall);
    },
  );
  const recalls = classes.map((j) => rows.filter(({ label }) => label === j)).filter(({ length }) =>
    length > 0
  )
    .map((ofClass) => mean(ofClass.map(({ label, predicted }) => label === predicted ? 1 : 0)));
  const losses = labels.map((label, row) => {
    const powers = scores[row].map((score) => Math.exp(score));
    return -Math.log(powers[label] / powers.reduce((sum, power) => sum + power, 0));
  });
  const tops = Array.from({ length: numClasses - 2 }, (_, index) => index + 2).map((k) => [
    `validationTop${k}Accuracy`,
    mean(labels.map((label, row) => ranked[row].slice(0, k).includes(label) ? 1 : 0)),
  ]);
  return {
    validationAccuracy: mean(rows.map(({ label, predicted }) => label === predicted ? 1 : 0)),
    validationLoss: mean(losses),
    validationMacroF1: mean(f1),
    validationBalancedAccuracy: mean(recalls),
    ...Object.fromEntries(tops),
    ...numClasses === 2 ? { validationAuc: naiveAuc({ labels, scores }) } : {},
  };
}

function naiveAuc({ labels, scores }: ScoredRows): number {
  let won = 0;
  let pairs = 0;
  for (const [i, high] of scores.entries()) {
    for (const [j, low] of scores.entries()) {
      if (labels[i] !== 1 || labels[j] !== 0) continue;
      pairs += 1;
      const difference = (high[1] - high[0]) - (low[1] - low[0]);
      won += difference > 0 ? 1 : difference === 0 ? 0.5 : 0;
    }
  }
  return won / pairs;
}

/** A generator of numbers in [0, 1), which a failing seed repeats. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
