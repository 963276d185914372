import { NO_PERMISSIONS } from "../../core/facts/no_permissions.ts";

/** How a worker is started. */
export interface SpawnOptions {
  readonly name: string;
  /** Whether it may map machine code until it revokes that permission, if this thread may. Default: false. */
  readonly mayMap?: boolean;
}

/**
 * Starts a worker that may neither read, write, connect, start a process nor see the environment.
 *
 * @param module URL of its code, which is loaded all the same.
 */
export function spawnSandboxed(module: URL, { name, mayMap = false }: SpawnOptions): Worker {
  const isMapping = mayMap && Deno.permissions.querySync({ name: "ffi" }).state === "granted";
  return new Worker(module, {
    type: "module",
    name,
    deno: { permissions: { ...NO_PERMISSIONS, ffi: isMapping } },
  });
}
