import { InputError } from "../../core/check/errors.ts";
import { checkFields, numberWhere, type Rule, show } from "../../core/check/fields.ts";

/** How a search spends epochs on points: plain data, made by {@link halving} or {@link hyperband}. */
export interface Search {
  /** `halving` has one bracket, `hyperband` several, which begin at later rungs. */
  readonly kind: "halving" | "hyperband";
  /** The epochs after which the points are compared, ascending; the last is that to which trials train. */
  readonly epochs: readonly number[];
  /** The fraction of the points that go on from a rung, above 0 and below 1. */
  readonly keep: number;
}

/** The rungs and the fraction of {@link halving} and {@link hyperband}. */
export type SearchFields = Omit<Search, "kind">;

/**
 * Declares a search by successive halving: every point trains to the first rung, the best `keep` of them go on to the
 * second, and so on.
 *
 * A rung is decided when every point that is in it has reached it, so that no result depends on which trial ends first. Of n
 * points the largest whole number below or equal to `n * keep` goes on, at least one: those with the best mean over
 * their repeats of the best value so far, ties by grid order. A point of which a trial diverged does not go on.
 * A trial that goes on has the bits and the id of one that never stopped. The winner is among the points that reach the last rung.
 *
 * Source: Jamieson and Talwalkar (2016), Li et al. (2018). Scikit-learn keeps the ceiling of n / factor, and trains the
 * others again from the start.
 *
 * @throws {InputError} `Cannot declare a halving: <field> must be ..., found ...`.
 *
 * @example
 * ```ts
 * import { blobs, defineExperiment, halving, logUniform, sample } from "@seedbed/seedbed";
 *
 * export default defineExperiment({
 *   name: "blobs_search",
 *   question: "Which learning rate separates three blobs?",
 *   seed: 231,
 *   data: blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 300, validation: 100, test: 100 }),
 *   points: sample({ learningRate: logUniform(1e-4, 1e-1) }, { points: 27 }),
 *   search: halving({ epochs: [1, 3, 9], keep: 1 / 3 }),
 *   trial: ({ learningRate }) => ({
 *     model: { hiddenDims: [16], weightScale: "he" },
 *     solver: { optimizer: { name: "adam", learningRate }, batchSize: 50, epochs: 9 },
 *   }),
 * });
 * ```
 */
export function halving(fields: SearchFields): Search {
  return declaredSearch({ ...fields, kind: "halving" }, { action: "declare a halving", path: "" });
}

/**
 * Declares a search by Hyperband: brackets of successive halving, one that begins at each rung, each with a part of the points.
 *
 * The numbers of points are as those of Li et al. (2018), in proportion: of rungs s_max + 1, the bracket with s + 1 of them
 * gets a share of (s_max + 1) / (s + 1) * keep^-s, rounded up. Points are dealt in grid order, each to the bracket that
 * lacks most of its share: with more points at the end, the others stay in their brackets.
 *
 * @throws {InputError} `Cannot declare a hyperband: <field> must be ..., found ...`.
 *
 * @example
 * ```ts
 * import { bracketsOf, hyperband } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const search = hyperband({ epochs: [1, 3, 9], keep: 1 / 3 });
 * assertEquals(bracketsOf(search).map(({ share }) => share), [9, 5, 3]);
 * ```
 */
export function hyperband(fields: SearchFields): Search {
  return declaredSearch({ ...fields, kind: "hyperband" }, { action: "declare a hyperband", path: "" });
}

/**
 * Returns a search as its maker would: the same checks apply to one that was written by hand.
 *
 * @throws {InputError} If it is none, or a field is wrong.
 */
export function declaredSearch(
  search: unknown,
  { action, path = "search" }: { readonly action: string; readonly path?: string },
): Search {
  checkFields(search, { action, path, required: { kind: aKind, epochs: someRungs, keep: aShare } });
  const { kind, epochs, keep } = search as Search;
  const rungs = [...epochs];
  for (const [rung, epoch] of rungs.entries()) {
    const before = rung === 0 ? 0 : rungs[rung - 1];
    if (Number.isSafeInteger(epoch) && epoch > before) continue;
    const least = rung === 0 ? "from 1 on" : `above the ${before} of the rung before`;
    const field = `${path === "" ? "" : `${path}.`}epochs[${rung}]`;
    throw new InputError(`Cannot ${action}: ${field} must be a whole number ${least}, found ${show(epoch)}`);
  }
  return Object.freeze({ kind, epochs: Object.freeze(rungs), keep });
}

/** A bracket of a search. */
export interface Bracket {
  /** Its rungs, in epochs. */
  readonly epochs: readonly number[];
  /** Its points in proportion to those of the other brackets. */
  readonly share: number;
}

/** Returns the brackets of a search, the one with all rungs first. */
export function bracketsOf({ kind, epochs, keep }: Search): readonly Bracket[] {
  if (kind === "halving") return [{ epochs, share: 1 }];
  return epochs.map((_, first) => {
    const rungs = epochs.slice(first);
    let inverse = 1;
    for (let rung = 1; rung < rungs.length; rung++) inverse /= keep;
    // 1 / keep is rounded: a share that is meant to be whole must not be rounded up.
    return { epochs: rungs, share: Math.ceil((epochs.length / rungs.length) * inverse - TINY) };
  });
}

/** Returns how many of n points go on from a rung. */
export function keptOf(points: number, { keep }: Pick<Search, "keep">): number {
  // 100 * 0.29 is below 29 in float64.
  return Math.max(1, Math.floor(points * keep + TINY));
}

const TINY = 1e-9;

const aKind: Rule = {
  expected: "what halving or hyperband returns",
  accepts: (value) => value === "halving" || value === "hyperband",
};

const someRungs: Rule = {
  expected: "a list of at least two rungs",
  accepts: (value) => Array.isArray(value) && value.length >= 2,
};

const aShare = numberWhere("a number above 0 and below 1", (value) => value > 0 && value < 1);
