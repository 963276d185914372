import { openStream, shuffle } from "../../core/numbers/random.ts";
import type { Trial } from "../../experiment/trial/trial.ts";

/** Returns trials in an order that a path of a random stream decides. */
export function shuffleTrials(trials: readonly Trial[], path: string): readonly Trial[] {
  const order = Int32Array.from(trials, (_, index) => index);
  shuffle(order, openStream(path));
  return Array.from(order, (index) => trials[index]);
}

/** Returns some of the trials, at most `count`, which a seed picks: the same ones for `verify` and `check`. */
export function sampleTrials(
  trials: readonly Trial[],
  { trials: count, seed }: { readonly trials: number; readonly seed: number },
): readonly Trial[] {
  return shuffleTrials(trials, `${seed}/verify/sample`).slice(0, count);
}
