import type { Story } from "../../report/story/story.ts";
import type { Curve } from "../../report/story/growing_curve.ts";
import { epochMetrics, type Metric } from "../../report/summary/metric.ts";

/** A story as it is sent to another thread: plain data, and the curves of its trials in two buffers. */
export interface PackedStory extends Omit<Story, "curves"> {
  readonly curves: PackedCurves;
}

interface PackedCurves {
  /** The trials that have curves. */
  readonly trials: readonly string[];
  /** The number of epochs of each. */
  readonly lengths: Uint32Array<ArrayBuffer>;
  /** The metrics of the curves, in the order of packing. */
  readonly names: readonly Metric["name"][];
  /** The metrics of each trial, one after the other. */
  readonly values: Float64Array<ArrayBuffer>;
}

/** Returns a story without the curves of trials that its summary does not have; the others are copied. */
export function packStory({ summary, curves, inspection }: Story): PackedStory {
  const trials = summary.trials.map(({ trial }) => trial).filter((trial) => curves.has(trial));
  const names = epochMetrics(summary.experiment).map(({ name }) => name);
  const lengths = Uint32Array.from(trials, (trial) => curves.get(trial)!.loss.length);
  const values = new Float64Array(names.length * lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const trial of trials) {
    const curve = curves.get(trial)!;
    for (const name of names) {
      values.set(curve[name] ?? curve.loss.map(() => NaN), at);
      at += curve.loss.length;
    }
  }
  return { summary, inspection, curves: { trials, lengths, names, values } };
}

/** Returns the buffers of a story, which need no copy when it is sent. */
export function buffersOf({ curves: { lengths, values } }: PackedStory): readonly ArrayBuffer[] {
  return [lengths.buffer, values.buffer];
}

/** Returns the story that was packed; its curves share the buffer. */
export function unpackStory(
  { summary, inspection, curves: { trials, lengths, names, values } }: PackedStory,
): Story {
  const curves = new Map<string, Curve>();
  let at = 0;
  for (const [index, trial] of trials.entries()) {
    const next = () => values.subarray(at, at += lengths[index]);
    // The usual metrics are among the names.
    curves.set(trial, Object.fromEntries(names.map((name) => [name, next()])) as unknown as Curve);
  }
  return { summary, inspection, curves };
}
