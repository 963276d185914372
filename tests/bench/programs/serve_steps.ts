import { serve } from "./serve.ts";

/** A net that is trained step by step. */
export interface Stepper {
  /** Trains on the batch of a step, from 0, and returns its loss; null where the library gives none. */
  step(index: number): number | null | Promise<number | null>;
  /** Puts parameters and optimizer back to the beginning; null where the library cannot. */
  readonly reset: (() => void) | null;
  /** Returns how many numbers of parameters, gradients and optimizer are subnormal now. Default: it is not known. */
  readonly countSubnormal?: () => number;
}

/**
 * Serves the work `step`, which goes on from batch to batch, and the questions `losses COUNT`, the losses of the first
 * steps from the beginning, `reset`, and `subnormal`.
 */
export async function serveSteps(
  { step, reset, countSubnormal }: Stepper,
  { about }: { readonly about: string },
): Promise<void> {
  let next = 0;
  const run = async (count: number) => {
    const losses: (number | null)[] = [];
    for (let i = 0; i < count; i++) losses.push(await step(next++));
    return losses;
  };
  await serve({ step: async (count) => void await run(count) }, {
    about,
    questions: {
      async losses(count) {
        if (reset === null) return null;
        reset();
        next = 0;
        return await run(count);
      },
      reset: () => reset?.(),
      subnormal: () => countSubnormal?.(),
    },
  });
}
