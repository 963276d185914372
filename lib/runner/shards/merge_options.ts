import type { KernelKind } from "../../core/facts/kernel_kind.ts";

/** How shards are merged. */
export interface MergeOptions {
  readonly resultsDir: string;
  readonly kernels?: KernelKind;
  readonly cacheDir?: string;
  readonly dataDir?: string;
  /** Gives the experiment file all permissions of this process. Default: false. */
  readonly isTrusted?: boolean;
  readonly signal: AbortSignal;
}
