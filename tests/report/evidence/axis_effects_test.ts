import { assertEquals } from "@std/assert";
import { axisEffects } from "../../../lib/report/evidence/axis_effects.ts";
import { axisShares } from "../../../lib/report/evidence/axis_shares.ts";
import { variedAxesOf } from "../../../lib/report/evidence/varied_axes.ts";
import { assertClose } from "../../golden/fixtures.ts";
import { gridSummary, type PointValues } from "./grid_summary.ts";

/** Batch normalization is better at each of four learning rates, and has two of its best trials missing. */
const ROWS: readonly PointValues[] = [0.1, 0.2, 0.3, 0.4].flatMap((rate, place): readonly PointValues[] => [
  [{ rate, norm: null }, [0.5 + rate, 0.52 + rate]],
  [{ rate, norm: "batchnorm" }, place > 1 ? [null, null] : [0.54 + rate, 0.57 + rate]],
]);

Deno.test("axisEffects() pairs trials that are equal in all else, where means over all trials mislead", () => {
  const summary = gridSummary(ROWS);
  const [, norm] = variedAxesOf(summary);
  const { values, effects } = axisEffects(summary, norm)!;
  assertEquals(values[effects.best], "batchnorm");
  const [none] = effects.levels;
  assertClose(none.differences, [-0.04, -0.05, -0.04, -0.05], "differences");
  // The mean over all trials of batch normalization is lower: its best two rates diverged.
  const meanOf = (name: string | null) => {
    const found = summary.trials.filter(({ point }) => point.norm === name)
      .map(({ bestValidationAccuracy }) => bestValidationAccuracy).filter((value) => value !== null);
    return found.reduce((sum, value) => sum + value, 0) / found.length;
  };
  assertEquals(meanOf("batchnorm") < meanOf(null), true);
});

Deno.test("axisEffects() keeps 8 and the text 8 apart, and 0 and -0", () => {
  const summary = gridSummary([8, "8", 0, -0].map((width) => [{ width }, [0.5]]), {
    grid: { width: [8, "8", 0, -0] },
  });
  const [axis] = variedAxesOf(summary);
  assertEquals(axis.values.length, 4);
  assertEquals(summary.trials.map(({ point }) => axis.levelOf(point)), [0, 1, 2, 3]);
});

Deno.test("axisShares() is exact on a full grid, and estimated by a forest on a part of it", () => {
  const full = [0, 1, 2].flatMap((rate): readonly PointValues[] =>
    [0, 1].map((depth) => [{ rate, depth }, [0.5 + rate / 10 + depth / 100]])
  );
  const found = axisShares(gridSummary(full))!;
  assertEquals(found.isExact, true);
  // Variances 1/150 and 1/40000 of two factors that add up.
  const total = 1 / 150 + 1 / 40_000;
  assertEquals(found.parts.map(({ axes }) => axes), [["rate"], ["depth"], ["rate", "depth"]]);
  assertClose(found.parts.map(({ share }) => share), [1 / 150 / total, 1 / 40_000 / total, 0], "shares");
  const part = axisShares(
    gridSummary(full.map(([point, values], place) => [point, place === 3 ? [null] : values])),
  )!;
  assertEquals(part.isExact, false);
  assertEquals(part.parts[0].axes, ["rate"]);
  const sum = part.parts.reduce((share, one) => share + one.share, part.rest);
  assertClose([sum], [1], "sum of shares");
});

Deno.test("axisShares() is null with one axis, with three points, and for equal points", () => {
  assertEquals(axisShares(gridSummary([0, 1, 2, 3].map((rate) => [{ rate }, [rate / 10]]))), null);
  const pairs = [[0, 0], [0, 1], [1, 0], [1, 1]] as const;
  const values = (accuracy: (index: number) => number | null) =>
    gridSummary(pairs.map(([rate, depth], index) => [{ rate, depth }, [accuracy(index)]]));
  assertEquals(axisShares(values((index) => index === 3 ? null : index / 10)), null);
  assertEquals(axisShares(values(() => 0.5)), null);
});

/** Numbers that are spread evenly over 0 to 1, as a sample is. */
const spread = (index: number, step: number) => (index * step) % 1;

Deno.test("axisShares() finds the axis that matters among sampled ones, each with thousands of values", () => {
  const points = Array.from({ length: 3000 }, (_, index): PointValues => {
    const [rate, keep] = [spread(index, 0.6180339887), spread(index, 0.7548776662)];
    return [{ rate, keep }, [0.4 + rate / 2 + keep / 100]];
  });
  const { isExact, parts } = axisShares(gridSummary(points))!;
  assertEquals([isExact, parts[0].axes, parts[0].share > 0.95], [false, ["rate"], true]);
});

Deno.test("axisShares() takes the lack of an axis for one more of its values", () => {
  const points = [0, 1, 2, 3].flatMap((rate): readonly PointValues[] => [
    [{ rate, name: "sgd" }, [0.3 + rate / 100]],
    [{ rate, name: "momentum", momentum: 0.5 }, [0.6 + rate / 100]],
    [{ rate, name: "momentum", momentum: 0.9 }, [0.61 + rate / 100]],
  ]);
  const grid = { rate: [0, 1, 2, 3], name: ["sgd", "momentum"], momentum: [0.5, 0.9] };
  const { parts } = axisShares(gridSummary(points, { grid }))!;
  const shareOf = (axis: string) => parts.find(({ axes }) => axes.join() === axis)!.share;
  // Name and momentum say the same: whether there is one. Without the points of SGD neither would matter.
  assertEquals(shareOf("name") + shareOf("momentum") + shareOf("name,momentum") > 0.9, true);
});
