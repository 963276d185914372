import { assertEquals, assertThrows } from "@std/assert";
import { COMMANDS } from "../../../lib/cli/args/commands.ts";
import { ALL, permissionFlags, type Permissions } from "../../../lib/cli/launch/permissions.ts";
import type { Launch } from "../../../lib/cli/launch/plan_launch.ts";
import { InputError } from "../../../lib/core/check/errors.ts";
import { inLaunchSandbox, VARIABLES } from "./fakes.ts";

const DATA = "SEEDBED_CACHE XDG_CACHE_HOME HOME LOCALAPPDATA NPM_CONFIG_REGISTRY npm_config_registry";

/** What a command may do, a text a kind; `@` stands for the folder of the sandbox and `~` for the cache. */
interface Expected {
  readonly command: string;
  readonly read: string;
  readonly write?: string;
  readonly net?: string;
  readonly run?: string;
  readonly sys?: string;
  readonly env?: string;
  /** Whether it computes. */
  readonly computes?: boolean;
  /** Whether it gets the imports of the project, and not only Seedbed's. */
  readonly isOfProject?: boolean;
}

const NPM = "registry.npmjs.org:443";

const FULL = { computes: true, isOfProject: true, net: NPM, env: DATA };

const ROWS: readonly Expected[] = [
  {
    ...FULL,
    command: "start",
    read: "@/seedbed @/project ~",
    write: "@/project/results ~",
    run: "git",
    sys: "hostname systemMemoryInfo",
  },
  {
    ...FULL,
    command: "run experiments/a.ts",
    read: "@/seedbed @/project ~",
    write: "@/project/results ~",
    run: "git",
    sys: "hostname systemMemoryInfo",
    env: `${DATA} SEEDBED_REDIS_URL`,
  },
  {
    command: "worker --redis redis://:hush@queue.org:77/3",
    read: "@/seedbed ~",
    write: "~",
    net: `${NPM} queue.org:77`,
    sys: "hostname systemMemoryInfo",
    env: `${DATA} SEEDBED_REDIS_URL`,
    computes: true,
  },
  { command: "list", read: "@/seedbed @/project", run: "git", isOfProject: true },
  {
    command: "report experiments/a.ts",
    read: "@/seedbed @/project",
    write: "@/project/results",
    sys: "hostname",
    isOfProject: true,
  },
  { command: "dashboard", read: "@/seedbed @/project/results", net: "127.0.0.1:8737", run: "git" },
  {
    ...FULL,
    command: "verify experiments/a.ts",
    read: "@/seedbed @/project ~",
    write: "~",
    sys: "systemMemoryInfo",
  },
  {
    ...FULL,
    command: "check",
    read: "@/seedbed @/project ~ /temporary",
    write: "~ /temporary",
    sys: "hostname systemMemoryInfo",
    env: `${DATA} GITHUB_ACTIONS GITHUB_STEP_SUMMARY`,
  },
  {
    ...FULL,
    command: "baseline experiments/a.ts --reason why",
    read: "@/seedbed @/project ~ /temporary",
    write: "@/project/results ~ /temporary",
    run: "git",
    sys: "hostname systemMemoryInfo",
    env: `${DATA} CI`,
  },
  {
    ...FULL,
    command: "merge /shards/1 /shards/2 --results all",
    read: "@/seedbed @/project /shards/1 /shards/2 ~",
    write: "@/project/all ~",
    sys: "hostname systemMemoryInfo",
    env: `${DATA} GITHUB_ACTIONS GITHUB_STEP_SUMMARY`,
  },
  {
    command: "diff HEAD~1 results/a",
    read: "@/seedbed @/project/HEAD~1 @/project/results/a",
    run: "git",
    env: "SEEDBED_CACHE XDG_CACHE_HOME HOME LOCALAPPDATA",
  },
  {
    command: "trend a --csv a.csv --trial 1",
    read: "@/seedbed @/project/results @/project/a.csv @/project/a.csv.part",
    write: "@/project/a.csv @/project/a.csv.part",
    run: "git",
  },
  {
    command: "bisect experiments/a.ts --good v1",
    read: "@/seedbed @/project /temporary",
    write: "/temporary",
    run: "git /bin/deno",
    env: "SEEDBED_CACHE XDG_CACHE_HOME HOME LOCALAPPDATA GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE",
    isOfProject: true,
  },
  {
    ...FULL,
    command: "trace experiments/a.ts --trial 1 --epoch 1",
    read: "@/seedbed @/project ~",
    write: "~",
  },
  { command: "why abc", read: "@/seedbed @/project", isOfProject: true },
  {
    ...FULL,
    command: "export experiments/a.ts --format onnx --out a.onnx",
    read: "@/seedbed @/project ~",
    write: "~ @/project/a.onnx @/project/a.onnx.part",
  },
  { command: "predict /models/a.safetensors b.csv", read: "@/seedbed /models/a.safetensors @/project/b.csv" },
  {
    ...FULL,
    computes: false,
    isOfProject: false,
    command: "data /tables/t.csv --html t.html",
    read: "@/seedbed /tables/t.csv ~ @/project/t.html @/project/t.html.part",
    write: "~ @/project/t.html @/project/t.html.part",
  },
  { ...FULL, computes: false, command: "data experiments/a.ts", read: "@/seedbed @/project ~", write: "~" },
  { command: "init ../new", read: "@/seedbed @/new", write: "@/new" },
];

Deno.test(
  "planLaunch() gives each command its row of the table and no more",
  inLaunchSandbox(({ folder, plan }) => {
    for (const { command, computes = false, isOfProject = false, ...texts } of ROWS) {
      const launch = plan(command);
      const fill = (text = "") =>
        text.split(" ").filter((word) => word !== "").map((word) =>
          word.replace("@", folder).replace(/^~/, "/home/a/.cache/seedbed")
        );
      const { read, write, net, run, sys, env } = texts;
      assertEquals(launch.permissions, {
        read: fill(read),
        write: fill(write),
        net: fill(net),
        env: [...fill(env), "SEEDBED_LAUNCHER"],
        run: fill(run),
        sys: fill(sys),
        ffi: [],
        import: ["jsr.io:443"],
      }, command);
      const stays = command.startsWith("dashboard") ? ["--optimize-for-size"] : [];
      assertEquals(launch.v8Flags.includes("--no-liftoff"), computes, command);
      assertEquals(launch.v8Flags.filter((flag) => flag.endsWith("size")), stays, command);
      const native = plan(command, { hasNative: () => true });
      assertEquals([native.permissions, native.v8Flags], [{
        ...launch.permissions as Permissions,
        ffi: computes ? ["all"] : [],
      }, stays], command);
      assertEquals(launch.config, `${folder}/${isOfProject ? "project" : "seedbed"}/deno.json`, command);
    }
    const names = new Set(ROWS.map(({ command }) => command.split(" ")[0]));
    assertEquals([...names], COMMANDS.map(({ name }) => name));
  }),
);

Deno.test(
  "planLaunch() lets a check ask git and Deno for changes where it is asked for them alone",
  inLaunchSandbox(({ plan }) => {
    const permissions = plan("check --changed").permissions as Permissions;
    const variables = ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"];
    assertEquals(permissions.run, ["/bin/deno", "git"]);
    assertEquals(variables.filter((name) => permissions.env.includes(name)), variables);
    assertEquals((plan("check").permissions as Permissions).run, []);
  }),
);

Deno.test(
  "planLaunch() lets a command put machine code into memory for native kernels alone, wherever those are",
  inLaunchSandbox(({ plan }) => {
    for (const isThere of [true, false]) {
      const flagsOf = (kernels: string) => {
        const launch = plan(`run experiments/a.ts --kernels ${kernels}`, { hasNative: () => isThere });
        const ffi = permissionFlags(launch.permissions).filter((flag) => flag.includes("ffi"));
        return [ffi, launch.v8Flags.length > 0];
      };
      const others = [[[], true], [[], true], [[], true]];
      assertEquals(["native", "wasm", "emulated", "twin"].map(flagsOf), [
        [["--allow-ffi"], false],
        ...others,
      ]);
    }
  }),
);

/** A command line, and what its flags and its environment add to what `without` may do. */
interface Addition {
  readonly command: string;
  readonly without: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly adds: Readonly<Partial<Record<keyof Permissions, string>>>;
}

const ADDITIONS: readonly Addition[] = [
  {
    command: "run experiments/a.ts --results /elsewhere",
    without: "run experiments/a.ts",
    adds: { read: "/elsewhere", write: "/elsewhere" },
  },
  { command: "list --results /elsewhere", without: "list", adds: { read: "/elsewhere" } },
  {
    command: "run experiments/a.ts --data ../idx",
    without: "run experiments/a.ts",
    adds: { read: "@/idx" },
  },
  {
    command: "run experiments/a.ts --engine bullmq --redis rediss://queue.org",
    without: "run experiments/a.ts",
    adds: { net: "queue.org:6379" },
  },
  {
    command: "run experiments/a.ts --engine bullmq",
    without: "run experiments/a.ts",
    environment: { SEEDBED_REDIS_URL: "redis://[::1]:1" },
    adds: { net: "[::1]:1" },
  },
  // Without the engine that needs it, and with a URL that the command reports.
  {
    command: "run experiments/a.ts",
    without: "run experiments/a.ts",
    environment: { SEEDBED_REDIS_URL: "redis://queue.org" },
    adds: {},
  },
  { command: "worker --redis nonsense", without: "worker", adds: {} },
  { command: "run experiments/a.ts --open", without: "run experiments/a.ts", adds: { run: "xdg-open" } },
  { command: "check --current ../now", without: "check", adds: { read: "@/now" } },
  { command: "list --allow-net a.org,b.org:2", without: "list", adds: { net: "a.org b.org:2" } },
  // The command says what is wrong with it.
  { command: "dashboard --port 65536", without: "dashboard", adds: {} },
  { command: "dashboard --port x", without: "dashboard", adds: {} },
  { command: "dashboard --port 0", without: "dashboard", adds: { net: "127.0.0.1:0" } },
  {
    command: "check",
    without: "check",
    environment: { GITHUB_STEP_SUMMARY: "/runner/summary.md", TMPDIR: "/scratch" },
    adds: { read: "/scratch /runner/summary.md", write: "/scratch /runner/summary.md" },
  },
  {
    command: "diff ../other/results/a results/a --locate",
    without: "diff ../other/results/a results/a",
    adds: { read: "@/other @/project", run: "/bin/deno" },
  },
  {
    command: "list --allow-read /x --allow-read ../y --allow-write /z --allow-net h:1",
    without: "list",
    adds: { read: "/x @/y /z", write: "/z", net: "h:1" },
  },
  {
    command: "run ../other/experiments/b.ts",
    without: "run experiments/a.ts",
    adds: { read: "@/other" },
  },
  { command: "why abc ../other/experiments/b.ts", without: "why abc", adds: { read: "@/other" } },
  { command: "list --experiments ../other/experiments", without: "list", adds: { read: "@/other" } },
  {
    command: "run experiments/a.ts",
    without: "run experiments/a.ts",
    environment: { SEEDBED_CACHE: "../cache" },
    adds: { read: "@/cache", write: "@/cache" },
  },
];

for (const { command, without, environment = {}, adds } of ADDITIONS) {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value} `).join("");
  Deno.test(
    `planLaunch() adds what is named by ${variables}${command}`,
    inLaunchSandbox(async ({ folder, plan, write }) => {
      await write("other/deno.json", '{ "links": ["../seedbed"] }');
      await write("other/experiments/b.ts", "");
      const base = limits(plan(without));
      const found = limits(plan(command, {
        environment: (name) => environment[name] ?? VARIABLES[name],
      }));
      const added = (kind: keyof Permissions) => found[kind].filter((value) => !base[kind].includes(value));
      for (const kind of Object.keys(found) as (keyof Permissions)[]) {
        const expected = (adds[kind] ?? "").split(" ").filter((word) => word !== "");
        assertEquals(added(kind), expected.map((word) => word.replace("@", folder)), kind);
      }
    }),
  );
}

function limits({ permissions }: Launch): Permissions {
  if (permissions === ALL) throw new Error("The command may do everything");
  return permissions;
}

Deno.test(
  "planLaunch() lets a command write the files that are named, and make their folders",
  inLaunchSandbox(({ folder, plan }) => {
    const { write } = limits(
      plan("check --junit new/deep/a.xml --json b.json --benchmark ../c.json --keep kept"),
    );
    assertEquals(write.slice(2), [
      `${folder}/project/new`,
      ...["project/b.json", "project/b.json.part", "c.json", "c.json.part"].map((path) =>
        `${folder}/${path}`
      ),
      `${folder}/project/kept`,
    ]);
  }),
);

Deno.test(
  "planLaunch() connects to the registry of npm's settings, and names it to the command",
  inLaunchSandbox(async ({ plan, write }) => {
    assertEquals(plan("run experiments/a.ts").environment, {});
    await write("project/.npmrc", "registry=http://mirror.org/npm/\n");
    const launch = plan("run experiments/a.ts");
    assertEquals(limits(launch).net, ["mirror.org:80"]);
    assertEquals(launch.environment, { NPM_CONFIG_REGISTRY: "http://mirror.org/npm/" });
    // The command reports what is no URL.
    await write("project/.npmrc", "registry=nowhere\n");
    assertEquals(limits(plan("run experiments/a.ts")).net, []);
  }),
);

Deno.test(
  "planLaunch() follows links, also where the rest of a path is yet to be made",
  inLaunchSandbox(async ({ folder, plan }) => {
    await Deno.mkdir(`${folder}/disk`);
    await Deno.symlink(`${folder}/disk`, `${folder}/project/results`);
    const { write } = limits(plan("run experiments/a.ts"));
    assertEquals(write.slice(0, 2), [`${folder}/project/results`, `${folder}/disk`]);
    const other = limits(plan("run experiments/a.ts --results results/more"));
    assertEquals(other.write.slice(0, 2), [`${folder}/project/results/more`, `${folder}/disk/more`]);
  }),
);

Deno.test(
  "planLaunch() allows no program that is not installed",
  inLaunchSandbox(({ plan }) => {
    const { run } = limits(plan("baseline experiments/a.ts --reason why", { hasProgram: () => false }));
    assertEquals(run, []);
  }),
);

Deno.test(
  "planLaunch() allows everything for an experiment that is trusted",
  inLaunchSandbox(({ plan }) => {
    const { permissions } = plan("run experiments/a.ts --trust-experiment");
    assertEquals(permissionFlags(permissions), ["--allow-all"]);
  }),
);

Deno.test(
  "planLaunch() throws where a host is none, at which Deno would end with a fault",
  inLaunchSandbox(({ plan }) => {
    for (
      const host of ["http://x", "*", "é", ":1", "h:65536", "h:", "[::1", "::1", "a..b", "a,", "x".repeat(64)]
    ) {
      const wrong = host === "a," ? "" : host;
      const shown = wrong.length > 60 ? `"${"x".repeat(57)}..."` : JSON.stringify(wrong);
      assertThrows(
        () => plan(`list --allow-net ${host}`),
        InputError,
        `Cannot allow ${shown}: it must be a name or an address, or one and a port, such as example.org:443`,
      );
    }
    for (const host of ["h", "h.:1", "a_b-.c", "*.a.org", "127.0.0.1:0", "[::1]:80", "10.0.0.0/8"]) {
      assertEquals(limits(plan(`list --allow-net ${host}`)).net, [host]);
    }
  }),
);

Deno.test(
  "planLaunch() names a path with a comma by its way from here, and throws where that has one too",
  inLaunchSandbox(async ({ folder, plan, write }) => {
    await write("a,b/deno.json", '{ "links": ["../seedbed"] }');
    const { read } = limits(plan("list", { folder: `${folder}/a,b` }));
    assertEquals(read, [`${folder}/seedbed`, "."]);
    const error = assertThrows(() => plan("list --results /c,d"), InputError);
    assertEquals(
      error.message,
      "Cannot allow /c,d: its name must have no comma, which Deno's permissions cannot name",
    );
  }),
);

Deno.test(
  "planLaunch() reads and imports a Seedbed of JSR from its host",
  inLaunchSandbox(({ folder, plan }) => {
    for (
      const [url, hosts] of [
        ["https://jsr.io/@seedbed/seedbed/0.1.0/", ["jsr.io:443"]],
        ["http://127.0.0.1:99/@seedbed/seedbed/0.1.0/", ["jsr.io:443", "127.0.0.1:99"]],
      ] as const
    ) {
      const seedbed = new URL(url);
      const launch = plan("list", { seedbed });
      assertEquals(limits(launch).read, [`${folder}/project`]);
      assertEquals(limits(launch).import, hosts);
      assertEquals(plan("dashboard", { seedbed }).config, null);
    }
  }),
);

Deno.test(
  "planLaunch() throws when experiments have no project, or one that does not name this Seedbed",
  inLaunchSandbox(async ({ folder, plan, write }) => {
    const cases: readonly (readonly [string, string | null, string])[] = [
      [
        "bare",
        null,
        `experiments must be in a project with a deno.json, which is not in ${folder}/bare or above it; the command ` +
        "init makes one",
      ],
      ["loose", "{}", notNamed(folder, "loose", "")],
      ["wrong", '{ "links": ["../other"] }', notNamed(folder, "wrong", ', found ["../other"]')],
    ];
    for (const [name, config, what] of cases) {
      await Deno.mkdir(`${folder}/${name}`);
      if (config !== null) await write(`${name}/deno.json`, config);
      const error = assertThrows(() => plan("list", { folder: `${folder}/${name}` }), InputError);
      assertEquals(error.message, `Cannot list: ${what}`);
    }
    // Those that load no experiment need no project.
    assertEquals(plan("predict a b", { folder: `${folder}/bare` }).config, `${folder}/seedbed/deno.json`);
  }),
);

function notNamed(folder: string, name: string, found: string): string {
  return `the "links" of ${folder}/${name}/deno.json must name the folder of this Seedbed, ${folder}/seedbed` +
    `${found}; the command init makes a project that does`;
}

Deno.test(
  "planLaunch() takes a deno.json with comments, an import map of Seedbed's packages, and a workspace's root",
  inLaunchSandbox(async ({ folder, plan, write }) => {
    await write(
      "jsonc/deno.jsonc",
      '{ // "links": ["no"],\n "links": ["../seedbed",], /* */ "name": "a//b" }',
    );
    await write("map/deno.json", '{ "imports": { "@std/cli": "npm:x" } }');
    await write("workspace/deno.json", '{ "workspace": ["./member"], "links": ["../seedbed"] }');
    await write("workspace/member/deno.json", "{}");
    for (const name of ["jsonc", "map", "workspace/member"]) {
      const { config } = plan("list", { folder: `${folder}/${name}` });
      assertEquals(config?.startsWith(`${folder}/${name}/deno.json`), true);
    }
  }),
);
