import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import type { CommandLine } from "./command.ts";
import { FLAGS } from "./flags.ts";

/** The values of the flags that every command has which trains. */
export interface TrainingSettings {
  /** Threads that run trials, at least 1. */
  readonly workers: number;
  readonly resultsDir: string;
  readonly dataDir: string | undefined;
  readonly kernels: KernelKind | undefined;
}

/**
 * Reads the flags of every command that trains.
 *
 * @throws {InputError} If one of them is wrong.
 */
export function readTraining(line: CommandLine): TrainingSettings {
  return {
    workers: line.get(FLAGS.workers),
    resultsDir: line.get(FLAGS.results),
    dataDir: line.get(FLAGS.data),
    kernels: line.get(FLAGS.kernels),
  };
}
