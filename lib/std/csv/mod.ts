/** The part of `@std/csv` that Seedbed uses, with the names and the behaviour of the real package. */
export * from "./parse.ts";
export * from "./stringify.ts";
