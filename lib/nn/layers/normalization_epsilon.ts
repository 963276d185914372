/** The number that batch and layer normalization add to a variance before its square root. */
export const NORMALIZATION_EPSILON = 1e-5;
