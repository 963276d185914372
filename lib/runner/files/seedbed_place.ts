import { fileURLToPath } from "node:url";

/** URL of the root of Seedbed, with a slash at its end: a folder, or a location in a registry. */
export function seedbedRoot(): URL {
  return new URL(ROOT, import.meta.url);
}

// This file is three folders below it.
const ROOT = "../../../";

/** Returns the path or the URL of this Seedbed's launcher. */
export function launcherHere(): string {
  const launcher = new URL("lib/cli/launch.ts", seedbedRoot());
  return launcher.protocol === "file:" ? fileURLToPath(launcher) : launcher.href;
}

/** Experiments import packages from JSR. */
const JSR = "jsr.io:443";

/** Returns the hosts of modules: JSR, and a private registry (`JSR_URL`) if Seedbed itself was loaded from it. */
export function importHosts(seedbed: URL): readonly string[] {
  return [...new Set([JSR, ...seedbed.protocol === "file:" ? [] : [hostAndPort(seedbed)]])];
}

/** Returns host and port for a permission: the host alone would grant all of its ports. */
export function hostAndPort({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === "http:" ? 80 : 443)}`;
}
