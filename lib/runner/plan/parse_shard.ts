import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";

/** A part of a grid, to be run on a separate machine. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  /** The number of parts. */
  readonly count: number;
}

/**
 * Reads `i/n`.
 *
 * @throws {InputError} If i is no whole number from 1 to n.
 */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? [];
  if (index >= 1 && index <= count) return { index, count };
  throw new InputError(`Cannot read --shard: it must be I/N with I from 1 to N, found ${quoted(text)}`);
}
