import { parseArgs } from "@std/cli";
import { InputError } from "../../lib/core/check/errors.ts";
import type { Effort } from "./alternate.ts";

/** What the command line asks for. */
export interface BenchOptions {
  readonly benches: readonly BenchName[];
  readonly peers: boolean;
  readonly quick: boolean;
  /** Where to write JSON, if anywhere. */
  readonly json: string | null;
  readonly writeResults: boolean;
}

/** Every bench, in the order in which they run. */
export const BENCH_NAMES = [
  "products",
  "steps",
  "small",
  "startup",
  "memory",
  "scaling",
  "grid",
  "many",
  "dashboard",
  "profile",
  "queue",
] as const;

/** Run only when named: one finds what to make faster, the other needs a redis-server. */
const WHEN_NAMED: readonly BenchName[] = ["profile", "queue"];

export type BenchName = typeof BENCH_NAMES[number];

/**
 * Reads the command line: `[--peers] [--quick] [--only NAME]... [--json FILE] [--write-results]`.
 *
 * @throws {InputError} If an option or a bench is unknown.
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const flags = parseArgs([...args], {
    boolean: ["peers", "quick", "write-results"],
    string: ["only", "json"],
    collect: ["only"],
    unknown: (option: string) => {
      throw new InputError(`Cannot run the benchmark: options are ${USAGE}, found ${option}`);
    },
  });
  const only = flags.only as readonly string[];
  const wrong = only.find((name) => !BENCH_NAMES.includes(name as BenchName));
  if (wrong !== undefined) {
    throw new InputError(
      `Cannot run the benchmark: --only must be one of ${BENCH_NAMES.join(", ")}, found ${wrong}`,
    );
  }
  return {
    benches: BENCH_NAMES.filter((name) =>
      only.length === 0 ? !WHEN_NAMED.includes(name) : only.includes(name)
    ),
    peers: flags.peers === true,
    quick: flags.quick === true,
    json: flags.json ? String(flags.json) : null,
    writeResults: flags["write-results"] === true,
  };
}

/** Returns how long the programs that alternate are measured. */
export function effortOf({ quick }: BenchOptions): Effort {
  return quick
    ? { rounds: 5, sliceMs: 100, warmMs: 300, budgetMs: 2_000 }
    : { rounds: 15, sliceMs: 200, warmMs: 800, budgetMs: 8_000 };
}

const USAGE = "--peers, --quick, --only NAME, --json FILE, --write-results";
