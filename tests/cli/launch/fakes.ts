import { pathToFileURL } from "node:url";
import { COMMANDS } from "../../../lib/cli/args/commands.ts";
import { findCommand, parseCommand } from "../../../lib/cli/args/parse_command.ts";
import { type Launch, planLaunch } from "../../../lib/cli/launch/plan_launch.ts";
import type { Surroundings } from "../../../lib/cli/launch/surroundings.ts";

/** A folder of projects, and ways to plan launches in it. */
export interface LaunchSandbox {
  /** Holds `seedbed`, which stands for a checkout, and `project`, which links it. */
  readonly folder: string;
  /** Plans a command line; the current folder is `project` and every program is installed. */
  readonly plan: (text: string, changes?: Partial<Surroundings>) => Launch;
  readonly write: (path: string, text: string) => Promise<void>;
}

/** The environment, but for what a test changes. */
export const VARIABLES: Readonly<Record<string, string>> = { HOME: "/home/a", TMPDIR: "/temporary" };

/** Runs a test in a folder of its own. */
export function inLaunchSandbox(test: (sandbox: LaunchSandbox) => Promise<void> | void): () => Promise<void> {
  return async () => {
    const folder = await Deno.realPath(await Deno.makeTempDir());
    const write = async (path: string, text: string) => {
      await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${folder}/${path}`, text);
    };
    const plan = (text: string, changes: Partial<Surroundings> = {}) => {
      const [name, ...rest] = text.split(" ").filter((word) => word !== "");
      const command = findCommand(COMMANDS, name);
      return planLaunch({ command, line: parseCommand(command, rest) }, {
        folder: `${folder}/project`,
        os: "linux",
        environment: (variable) => VARIABLES[variable],
        seedbed: pathToFileURL(`${folder}/seedbed/`),
        deno: "/bin/deno",
        hasProgram: () => true,
        hasNative: () => false,
        ...changes,
      });
    };
    try {
      await write("seedbed/deno.json", "{}");
      await write("project/deno.json", '{ "links": ["../seedbed"] }');
      await write("project/experiments/a.ts", "");
      await test({ folder, plan, write });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  };
}
