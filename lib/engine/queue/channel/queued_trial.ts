import type { KernelKind } from "../../../core/facts/kernel_kind.ts";
import { NUMERICS_VERSION } from "../../../core/facts/numerics_version.ts";
import { SEEDBED_VERSION } from "../../../core/facts/seedbed_version.ts";
import type { Fault } from "../../../experiment/trial/fault.ts";
import type { Trial } from "../../../experiment/trial/trial.ts";

/** The versions that must be equal on two machines, so that they compute the same bits. */
export interface Versions {
  /** `NUMERICS_VERSION` of each. */
  readonly numericsVersion: number;
  /** The version of the package. */
  readonly seedbedVersion: string;
}

/** The versions of this program. */
export const VERSIONS: Versions = { numericsVersion: NUMERICS_VERSION, seedbedVersion: SEEDBED_VERSION };

/** The data of a job: a trial, and all that a worker on another machine needs to run it. */
export interface QueuedTrial extends Versions {
  /** The run that submitted it. */
  readonly run: string;
  readonly trial: Trial;
  /** SHA-256 that identifies its data; that of the trial may be any text of a program of one's own. */
  readonly dataDigest: string;
  readonly kernels?: KernelKind;
  readonly fault?: Fault;
  readonly retries?: number;
  readonly trialTimeoutMs?: number;
}

/** Returns a description of each version that differs between a worker and a trial. */
export function versionDifferences(trial: Versions, own: Versions): readonly string[] {
  const compare = (name: string, key: keyof Versions) =>
    own[key] === trial[key] ? [] : [`its ${name} is ${own[key]}, the trial's is ${trial[key]}`];
  return [...compare("numerics version", "numericsVersion"), ...compare("Seedbed version", "seedbedVersion")];
}
