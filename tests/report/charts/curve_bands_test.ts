import { assertEquals } from "@std/assert";
import { bandLayers } from "../../../lib/report/charts/curve_bands.ts";

const GRID = { rate: [1, 2, 3], depth: [7] };

/** Returns what the bands show and what the medians do; each trial has the next value of the rate. */
function layersOf(curves: readonly (readonly number[])[], stride: number) {
  const trials = curves.map((curve, index) => ({
    point: { rate: 1 + index % 3, depth: 7 },
    curve: Float64Array.from(curve),
  }));
  const layers = bandLayers(trials, {
    grid: GRID,
    stride,
    near: (value) => value,
    encodeY: { field: "value", title: "loss" },
  }) as readonly {
    readonly data: { readonly values: readonly object[] };
    readonly encoding: { readonly y: object; readonly y2?: object };
  }[];
  assertEquals(layers.map(({ encoding: { y, y2 } }) => [y, y2]), [
    [{ field: "p05", title: "loss" }, { field: "p95" }],
    [{ field: "p25", title: "loss" }, { field: "p75" }],
    [{ field: "p50", title: "loss" }, undefined],
    [{ field: "value", title: "loss" }, undefined],
  ]);
  return { bands: layers[0].data.values, medians: layers[3].data.values };
}

Deno.test("bandLayers() has five quantiles of the curves that have a value, at each epoch of the stride and the last", () => {
  const curves = [0, 1, 2, 3, 4].map((height) => [NaN, height, height * 10, height * 100]);
  assertEquals(layersOf(curves, 2).bands, [
    { epoch: 2, p05: 2, p25: 10, p50: 20, p75: 30, p95: 38 },
    { epoch: 3, p05: 20, p25: 100, p50: 200, p75: 300, p95: 380 },
  ]);
});

Deno.test("bandLayers() takes shorter curves as far as they go", () => {
  assertEquals(layersOf([[1, 2], [3]], 1).bands, [
    { epoch: 0, p05: 1.1, p25: 1.5, p50: 2, p75: 2.5, p95: 2.9 },
    { epoch: 1, p05: 2, p25: 2, p50: 2, p75: 2, p95: 2 },
  ]);
});

Deno.test("bandLayers() has the median of the trials with each value of an axis that has several", () => {
  const about = (index: number, count: number) =>
    `axis=0-${index} median of the ${count} trials with rate=${index + 1}`;
  assertEquals(layersOf([[1, 10], [2, 20], [3, 30], [5, 70]], 1).medians, [
    { epoch: 0, value: 3, line: "0-0", about: about(0, 2) },
    { epoch: 1, value: 40, line: "0-0", about: about(0, 2) },
    { epoch: 0, value: 2, line: "0-1", about: about(1, 1) },
    { epoch: 1, value: 20, line: "0-1", about: about(1, 1) },
    { epoch: 0, value: 3, line: "0-2", about: about(2, 1) },
    { epoch: 1, value: 30, line: "0-2", about: about(2, 1) },
  ]);
});

Deno.test("bandLayers() has medians of eight values of an axis at most", () => {
  const values = Array.from({ length: 17 }, (_, index) => index);
  const trials = values.map((rate) => ({ point: { rate }, curve: Float64Array.of(rate) }));
  const layers = bandLayers(trials, {
    grid: { rate: values },
    stride: 1,
    near: (value) => value,
    encodeY: {},
  }) as readonly {
    readonly data: { readonly values: readonly { readonly value: number }[] };
  }[];
  assertEquals(layers[3].data.values.map(({ value }) => value), [0, 3, 6, 9, 12, 15]);
});

Deno.test("bandLayers() brings values near the frame before it takes quantiles", () => {
  const trials = [1, 2, 1e300].map((value) => ({ point: { rate: 1 }, curve: Float64Array.of(value) }));
  const near = (value: number) => Math.min(4, value);
  const [, , middle] = bandLayers(trials, { grid: GRID, stride: 1, near, encodeY: {} }) as readonly {
    readonly data: { readonly values: readonly { readonly p75: number }[] };
  }[];
  assertEquals(middle.data.values.map(({ p75 }) => p75), [3]);
});
