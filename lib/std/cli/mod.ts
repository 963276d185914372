/** The part of `@std/cli` that Seedbed uses, with the names and the behaviour of the real package. */
export * from "./parse_args.ts";
