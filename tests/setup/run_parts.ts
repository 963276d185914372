import { inTurn, type Turn } from "./in_turn.ts";

/** A part of the suite: arguments behind `deno test`. */
export type Part = readonly string[];

/** How a part ended, and what it wrote to its standard output. */
export interface PartOutcome {
  readonly part: Part;
  readonly code: number;
  readonly text: string;
}

/** How parts are run. */
export interface PartsOptions {
  /** How many run at the same time. */
  readonly slots: number;
  readonly run: (part: Part, turn: Turn) => Promise<PartOutcome>;
  readonly write: (bytes: Uint8Array) => void;
  /** Once it aborts, no further part begins. */
  readonly signal?: AbortSignal;
}

/** Runs parts of the suite, several at the same time, and writes their output one part after the other. */
export async function runParts(
  parts: readonly Part[],
  { slots, run, write, signal }: PartsOptions,
): Promise<readonly PartOutcome[]> {
  const turns = inTurn(parts.length, write);
  const outcomes: PartOutcome[] = [];
  let next = 0;
  const takeParts = async () => {
    while (next < parts.length && !signal?.aborted) {
      const place = next++;
      outcomes[place] = await run(parts[place], turns[place]);
      turns[place].end();
    }
  };
  await Promise.all(Array.from({ length: slots }, takeParts));
  return outcomes;
}
