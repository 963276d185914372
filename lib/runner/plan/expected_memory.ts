import type { DataShape } from "../../data/base/data_shape.ts";
import type { DataSpec } from "../../data/base/data_spec.ts";
import { measureData } from "../../data/measure_data.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { trialMemory } from "./trial_memory.ts";

/** About how much memory a run takes. */
export interface ExpectedMemory {
  /** Bytes of the data sets of the trials, each once. */
  readonly dataBytes: number;
  /** Bytes of the largest trial and its thread. */
  readonly eachBytes: number;
  /** How many trials run at the same time; null if the workers are not known. */
  readonly running: number | null;
}

/** Options of {@link expectedMemory}. */
export interface ExpectedMemoryOptions {
  /** Threads that run the trials; undefined if not known. */
  readonly workers: number | undefined;
  /** Folder to which paths of data sets are relative. */
  readonly baseDir: string;
}

/** Returns about how much memory trials take, without loading their data; null if that is not known before. */
export async function expectedMemory(
  trials: readonly Trial[],
  { workers, baseDir }: ExpectedMemoryOptions,
): Promise<ExpectedMemory | null> {
  if (trials.length === 0) return { dataBytes: 0, eachBytes: 0, running: 0 };
  const shapes = new Map<DataSpec, DataShape>();
  const distinct = new Map<string, DataShape>();
  for (const { data } of trials) {
    if (shapes.has(data)) continue;
    const key = JSON.stringify(data);
    const shape = distinct.get(key) ?? await measureData(data, { baseDir });
    if (shape === null) return null;
    shapes.set(data, shape);
    distinct.set(key, shape);
  }
  const dataBytes = [...distinct.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  const { running, eachBytes } = trialMemory(trials, {
    workers: workers ?? 1,
    shapeOf: ({ data }) => shapes.get(data)!,
  });
  return { dataBytes, eachBytes, running: workers === undefined ? null : running };
}
