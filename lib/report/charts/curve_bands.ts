import { extent } from "../../core/numbers/extent.ts";
import { COLOURS } from "./drawing/theme.ts";
import { quantile } from "./quantile.ts";

const SHARES = { p05: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 } as const;

/** Options of {@link bandLayers}. */
export interface BandOptions {
  /** Epochs between the drawn ones; the last is drawn too. */
  readonly stride: number;
  /** The encoding of the vertical axis; the bands replace its field. */
  readonly encodeY: object;
}

/** Returns the layers that summarize many curves: two bands and their median. */
export function bandLayers(
  curves: readonly (readonly (number | null)[])[],
  { stride, encodeY }: BandOptions,
): readonly object[] {
  const [, length] = extent(curves.map((curve) => curve.length));
  const bands = Array.from({ length }, (_, epoch) => epoch)
    .filter((epoch) => epoch % stride === 0 || epoch === length - 1)
    .flatMap((epoch) => bandAt(curves, epoch));
  const x = { field: "epoch", type: "quantitative", title: "epoch", axis: { tickMinStep: 1, format: "d" } };
  const y = (field: string) => ({ ...encodeY, field });
  const area = (low: string, high: string, opacity: number) => ({
    data: { values: bands },
    mark: { type: "area", clip: true, color: COLOURS.faint, opacity },
    encoding: { x, y: y(low), y2: { field: high } },
  });
  return [
    area("p05", "p95", 0.25),
    area("p25", "p75", 0.4),
    {
      data: { values: bands },
      mark: { type: "line", clip: true, color: COLOURS.muted },
      encoding: { x, y: y("p50") },
    },
  ];
}

function bandAt(curves: readonly (readonly (number | null)[])[], epoch: number): readonly object[] {
  const values = Float64Array.from(
    curves.map((curve) => curve[epoch] ?? null).filter((value) => value !== null),
  ).sort();
  if (values.length === 0) return [];
  const quantiles = Object.entries(SHARES).map(([name, share]) => [name, quantile(values, share)]);
  return [{ epoch, ...Object.fromEntries(quantiles) }];
}
