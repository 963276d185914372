/** The losses of a program's first steps; null where it gives none. */
export type Losses = readonly number[] | null;

/** How far the losses of a program may be from those of another that does the same work. */
export interface Agreement {
  /** Of each of the first steps, relative. */
  readonly stepTolerance: number;
  /** Of their mean, relative: programs that draw masks of their own have no step alike. */
  readonly meanTolerance: number;
}

/**
 * Returns whether losses show that two programs do the same work: that they began with the same parameters, saw the
 * same batches and moved by the same rule. Losses that are not told, too few or not finite show nothing.
 */
export function isSameWork(
  losses: Losses,
  { reference, stepTolerance, meanTolerance }: { readonly reference: Losses } & Agreement,
): boolean {
  if (losses === null || reference === null || losses.length !== reference.length || losses.length === 0) {
    return false;
  }
  const isClose = (found: number, wanted: number, tolerance: number) =>
    Number.isFinite(found) && Math.abs(found - wanted) <= tolerance * Math.abs(wanted);
  return losses.every((loss, i) => isClose(loss, reference[i], stepTolerance)) &&
    isClose(mean(losses), mean(reference), meanTolerance);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
