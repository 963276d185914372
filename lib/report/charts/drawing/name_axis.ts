import { extent } from "../../../core/numbers/extent.ts";

/** How the names on a horizontal axis are drawn. */
export interface NameAxis {
  /** Degrees. */
  readonly labelAngle: number;
  /** Whether names that overlap are left out. */
  readonly labelOverlap: boolean;
}

/** The least distance in pixels at which every name is drawn. */
export const LEAST_LABEL_STEP = 10;

const LETTER_WIDTH = 7;
const LETTER_GAP = 8;

/** Returns the width in pixels that the longest of some names takes. */
export function labelWidth(names: readonly string[]): number {
  const [, letters] = extent(names.map((name) => name.length));
  return LETTER_WIDTH * letters + LETTER_GAP;
}

/**
 * Returns how names are drawn beneath a horizontal axis; those that are wider than their place are rotated.
 *
 * @param options.step The distance between two names, in pixels.
 */
export function nameAxis(names: readonly string[], { step }: { readonly step: number }): NameAxis {
  // Vega drops labels that it believes to overlap, and overestimates their width.
  return { labelAngle: labelWidth(names) > step ? -40 : 0, labelOverlap: step < LEAST_LABEL_STEP };
}
