/** A redis-server of a test's own, on a free port of this machine. */
export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Kills it as a crash would. */
  readonly kill: () => Promise<void>;
  /** Starts it again, on the same port and folder. */
  readonly restart: () => Promise<void>;
  /** Returns what redis-cli prints for a command. */
  readonly ask: (...command: readonly string[]) => Promise<string>;
  /** Returns the names of all keys, sorted. */
  readonly keys: () => Promise<readonly string[]>;
}

/** Starts a redis-server with these flags; it keeps nothing on disk unless they say so. */
export async function startRedis(...flags: readonly string[]): Promise<RedisServer> {
  const folder = await Deno.makeTempDir();
  const port = freePort();
  const [, password] = /--requirepass (\S+)/.exec(flags.join(" ")) ?? [];
  const ask = (args: readonly string[]) => cli(["-p", `${port}`, ...args], { password });
  let process = await start(port, folder, flags);
  const kill = async () => {
    process.kill("SIGKILL");
    await process.status;
  };
  return {
    port,
    url: `redis://${password === undefined ? "" : `:${password}@`}127.0.0.1:${port}`,
    kill,
    ask: (...command) => ask(command),
    restart: async () => void (process = await start(port, folder, flags)),
    keys: async () => {
      const text = await ask(["keys", "*"]);
      return text.split("\n").filter((line) => line !== "").sort();
    },
    async [Symbol.asyncDispose]() {
      await kill();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Returns a port that nobody listens on. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function start(port: number, folder: string, flags: readonly string[]): Promise<Deno.ChildProcess> {
  const process = new Deno.Command("redis-server", {
    args: ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--save", "", ...flags],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  while (!/PONG|NOAUTH/.test(await cli(["-p", `${port}`, "ping"]))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process;
}

async function cli(
  args: readonly string[],
  { password = "" }: { readonly password?: string } = {},
): Promise<string> {
  const env = password === "" ? undefined : { REDISCLI_AUTH: password };
  const { stdout, stderr } = await new Deno.Command("redis-cli", { args: [...args], env }).output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}
