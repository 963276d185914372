import type { CiServer } from "../../core/facts/ci_server.ts";

/** What the files of a new project depend on. */
export interface ProjectFacts {
  /** The name of its folder, for its README. */
  readonly name: string;
  /** The version of Seedbed that it uses. */
  readonly version: string;
  /** The way from it to a checkout of Seedbed, with slashes; null if Seedbed comes from JSR. */
  readonly checkout: string | null;
  /** What runs its checks. */
  readonly ci: CiServer;
}
