import type { Location } from "../../runner/check/locate_difference.ts";

/** Returns where two replayed epochs first differ, such as `step 7 of epoch 2: gradient of W3 (layer 3) differs first`. */
export function locationText({ epoch, step, tensor }: Location): string {
  const when = step === 0 ? `before the first step of epoch ${epoch}` : `step ${step} of epoch ${epoch}`;
  const layer = tensor?.match(/\d+$/)?.[0];
  const what = tensor === null
    ? "one side ends"
    : `${tensor}${layer === undefined ? "" : ` (layer ${layer})`} differs first`;
  return `${when}: ${what}`;
}
