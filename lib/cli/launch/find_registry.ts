import { join } from "node:path";
import { readTextIfThere } from "./read_text_if_there.ts";
import type { Surroundings } from "./surroundings.ts";

/** Where npm packages come from by default. */
export const NPM_REGISTRY = "https://registry.npmjs.org/";

/**
 * Returns the URL of npm's registry: `NPM_CONFIG_REGISTRY` (or `npm_config_registry`), else the `registry` of the
 * `.npmrc` in the project's folder, else that of the user's, else npm's own.
 *
 * Settings of one scope alone and logins are for packages that Seedbed does not fetch.
 *
 * @param project Folder of the project, or null.
 */
export function findRegistry(
  project: string | null,
  { environment, os }: Pick<Surroundings, "environment" | "os">,
): string {
  const read = (name: string) => environment(name) || undefined;
  const home = read(os === "windows" ? "USERPROFILE" : "HOME");
  const settings = [
    ...project === null ? [] : [join(project, ".npmrc")],
    read("NPM_CONFIG_USERCONFIG") ?? read("npm_config_userconfig") ??
      (home === undefined ? undefined : join(home, ".npmrc")),
  ];
  return read("NPM_CONFIG_REGISTRY") ?? read("npm_config_registry") ??
    settings.map((path) => path === undefined ? undefined : registryIn(path, environment))
      .find((url) => url !== undefined) ??
    NPM_REGISTRY;
}

function registryIn(path: string, environment: Surroundings["environment"]): string | undefined {
  let registry: string | undefined;
  for (const line of (readTextIfThere(path) ?? "").split(/\r?\n/)) {
    const [, name, value] = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    // As in npm, the last line counts, and ${NAME} is replaced by a variable.
    if (name === "registry") {
      registry = value.replace(/^(["'])(.*)\1$/, "$2").replace(
        /\$\{(\w+)\??\}/g,
        (text, variable) => environment(variable) ?? text,
      );
    }
  }
  return registry || undefined;
}
