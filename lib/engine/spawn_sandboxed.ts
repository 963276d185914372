/**
 * Starts a worker that may neither read, write, connect, start a process nor see the environment.
 *
 * @param module URL of its code, which is loaded in spite of that.
 */
export function spawnSandboxed(module: URL, { name }: { readonly name: string }): Worker {
  return new Worker(module, { type: "module", name, deno: { permissions: "none" } });
}
