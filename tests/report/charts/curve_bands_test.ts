import { assertEquals } from "@std/assert";
import { bandLayers } from "../../../lib/report/charts/curve_bands.ts";

function bandsOf(curves: readonly (readonly (number | null)[])[], stride: number) {
  const layers = bandLayers(curves, { stride, encodeY: { field: "value", title: "loss" } }) as readonly {
    readonly data: { readonly values: readonly object[] };
    readonly encoding: { readonly y: object; readonly y2?: object };
  }[];
  assertEquals(layers.map(({ encoding: { y, y2 } }) => [y, y2]), [
    [{ field: "p05", title: "loss" }, { field: "p95" }],
    [{ field: "p25", title: "loss" }, { field: "p75" }],
    [{ field: "p50", title: "loss" }, undefined],
  ]);
  return layers[0].data.values;
}

Deno.test("bandLayers() has five quantiles of the curves that have a value, at each epoch of the stride and the last", () => {
  const curves = [0, 1, 2, 3, 4].map((height) => [null, height, height * 10, height * 100]);
  assertEquals(bandsOf(curves, 2), [
    { epoch: 2, p05: 2, p25: 10, p50: 20, p75: 30, p95: 38 },
    { epoch: 3, p05: 20, p25: 100, p50: 200, p75: 300, p95: 380 },
  ]);
});

Deno.test("bandLayers() takes shorter curves as far as they go", () => {
  assertEquals(bandsOf([[1, 2], [3]], 1), [
    { epoch: 0, p05: 1.1, p25: 1.5, p50: 2, p75: 2.5, p95: 2.9 },
    { epoch: 1, p05: 2, p25: 2, p50: 2, p75: 2, p95: 2 },
  ]);
});
