import type { RunningProgram } from "./program.ts";
import { median, quantile } from "./statistics.ts";

/** A program and which of its works to measure. */
export interface Contestant {
  readonly program: RunningProgram;
  readonly work: string;
  /** A question that is asked before each slice, outside its time. Default: none. */
  readonly before?: string;
}

/** How long to measure. */
export interface Effort {
  readonly rounds: number;
  /** How long one program runs before the next has its turn. */
  readonly sliceMs: number;
  /** How long each program runs before anything counts. */
  readonly warmMs: number;
  /** A program too slow for a slice takes part in as many rounds as fit in here, and at least in two. */
  readonly budgetMs: number;
}

/** The rates of one program. */
export interface Rates {
  readonly name: string;
  /** Milliseconds of one work by round; null where the program sat out. */
  readonly rounds: readonly (number | null)[];
  readonly medianMs: number;
  /** The tenth percentile: what it does when it is not disturbed. */
  readonly p10Ms: number;
}

/**
 * Measures programs in turn, slice by slice, so that all of them see the same weather on the machine.
 *
 * Each is warmed up first. Who begins moves from round to round.
 */
export async function alternate(
  contestants: readonly Contestant[],
  effort: Effort,
): Promise<readonly Rates[]> {
  const plans: Plan[] = [];
  for (const contestant of contestants) plans.push(await warmUp(contestant, effort));
  for (let round = 0; round < effort.rounds; round++) {
    for (let turn = 0; turn < plans.length; turn++) {
      const plan = plans[(turn + round) % plans.length];
      const takesPart = round % plan.every === 0;
      const { program, work, before } = plan.contestant;
      if (takesPart && before !== undefined) await program.ask(before);
      plan.times.push(takesPart ? await program.run(work, plan.count) / plan.count : null);
    }
  }
  return plans.map(({ contestant, times }) => {
    const taken = times.filter((time) => time !== null);
    return {
      name: contestant.program.name,
      rounds: times,
      medianMs: median(taken),
      p10Ms: quantile(taken, 0.1),
    };
  });
}

/** Returns how many times as fast one program is as another: the median of the rounds that both took part in. */
export function speedRatio(fast: Rates, slow: Rates): number {
  const ratios = fast.rounds.flatMap((time, round) => {
    const other = slow.rounds[round];
    return time === null || other === null ? [] : [other / time];
  });
  return median(ratios);
}

interface Plan {
  readonly contestant: Contestant;
  /** How often the work is done in a slice. */
  readonly count: number;
  /** It takes part in every so many rounds. */
  readonly every: number;
  readonly times: (number | null)[];
}

async function warmUp(contestant: Contestant, { rounds, sliceMs, warmMs, budgetMs }: Effort): Promise<Plan> {
  const { program, work } = contestant;
  let count = 1;
  let milliseconds = await program.run(work, count);
  for (let spent = milliseconds; spent < warmMs; spent += milliseconds) {
    count = Math.max(1, Math.min(count * 4, Math.round(count * sliceMs / Math.max(milliseconds, 0.01))));
    milliseconds = await program.run(work, count);
  }
  const each = milliseconds / count;
  const turns = Math.max(2, Math.min(rounds, Math.floor(budgetMs / each)));
  return {
    contestant,
    count: Math.max(1, Math.round(sliceMs / each)),
    every: Math.max(1, Math.floor(rounds / turns)),
    times: [],
  };
}
