import { NO_PERMISSIONS } from "../../core/facts/no_permissions.ts";

/** Options of {@link spawnSandboxed}. */
export interface SpawnOptions {
  readonly name: string;
  /** Whether it may map machine code, if this thread may, until it revokes that permission. Default: false. */
  readonly mayMap?: boolean;
}

/**
 * Starts a worker without permission to read, write, connect, start a process or read the environment.
 *
 * @param module URL of its code, which can be loaded without permissions.
 */
export function spawnSandboxed(module: URL, { name, mayMap = false }: SpawnOptions): Worker {
  const isMapping = mayMap && Deno.permissions.querySync({ name: "ffi" }).state === "granted";
  return new Worker(module, {
    type: "module",
    name,
    deno: { permissions: { ...NO_PERMISSIONS, ffi: isMapping } },
  });
}
