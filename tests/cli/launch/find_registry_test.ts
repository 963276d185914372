import { assertEquals } from "@std/assert";
import { findRegistry } from "../../../lib/cli/launch/find_registry.ts";
import { inFolder } from "../../helpers/in_folder.ts";

/** Settings of npm, and the registry that they name. */
interface Case {
  readonly what: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly project?: string;
  readonly user?: string;
  readonly registry: string;
}

const CASES: readonly Case[] = [
  { what: "npm's own where nothing is set", registry: "https://registry.npmjs.org/" },
  { what: "that of the user", user: "registry=https://user.org/npm\n", registry: "https://user.org/npm" },
  {
    what: "that of the project before the user's",
    project:
      '# registry=https://no.org\n; registry=https://no.org\r\n  registry = "https://project.org"  \r\n',
    user: "registry=https://user.org\n",
    registry: "https://project.org",
  },
  {
    what: "that of the environment before any file's",
    environment: { npm_config_registry: "https://variable.org" },
    project: "registry=https://project.org",
    registry: "https://variable.org",
  },
  {
    what: "the variable in capitals first",
    environment: { NPM_CONFIG_REGISTRY: "https://capitals.org", npm_config_registry: "https://variable.org" },
    registry: "https://capitals.org",
  },
  {
    what: "no empty variable and no empty line",
    environment: { NPM_CONFIG_REGISTRY: "" },
    project: "registry=\n",
    user: "registry=https://user.org",
    registry: "https://user.org",
  },
  {
    what: "the last line, and variables in it",
    environment: { MIRROR: "mirror.org" },
    project: "registry=https://first.org\nregistry=https://${MIRROR}/${PATH_OF_NOTHING}\n",
    registry: "https://mirror.org/${PATH_OF_NOTHING}",
  },
  {
    what: "none of a scope",
    project: "@scope:registry=https://scope.org\n//scope.org/:_authToken=hush\n",
    registry: "https://registry.npmjs.org/",
  },
];

for (const { what, environment = {}, project, user, registry } of CASES) {
  Deno.test(
    `findRegistry() takes ${what}`,
    inFolder(async (folder) => {
      for (const [name, text] of Object.entries({ project, user })) {
        await Deno.mkdir(`${folder}/${name}`);
        if (text !== undefined) await Deno.writeTextFile(`${folder}/${name}/.npmrc`, text);
      }
      const variables: Readonly<Record<string, string>> = { HOME: `${folder}/user`, ...environment };
      const found = findRegistry(`${folder}/project`, {
        os: "linux",
        environment: (name) => variables[name],
      });
      assertEquals(found, registry);
    }),
  );
}
