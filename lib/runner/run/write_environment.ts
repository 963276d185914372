import { join } from "node:path";
import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import type { Plan } from "../plan/plan_run.ts";

/**
 * Writes `environment.json`, which git ignores: the system and the kernels of the last run, and whether its
 * experiment file was trusted.
 */
export async function writeEnvironment(
  { folder, loaded }: Plan,
  { kernels }: { readonly kernels: KernelKind },
): Promise<void> {
  const { os, arch } = Deno.build;
  const environment = {
    ...Deno.version,
    os,
    arch,
    cores: navigator.hardwareConcurrency,
    kernels,
    trustedExperiment: loaded.isTrusted,
  };
  await writeFileWhole(join(folder, LOCAL.environment.name), `${JSON.stringify(environment, null, 2)}\n`);
}
