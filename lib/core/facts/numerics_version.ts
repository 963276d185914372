/**
 * The version of every arithmetic decision: the order of each sum, each rounding, each random stream.
 *
 * It is part of a trial's id. Raise it with any change that alters a bit of any result. Results of different versions
 * are neither compared nor reused.
 */
export const NUMERICS_VERSION = 1;
