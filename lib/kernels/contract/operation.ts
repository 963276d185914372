/** Runs a bound operation. */
export type Operation = () => void;

/** Runs a bound operation that yields a number. */
export type Measurement = () => number;
