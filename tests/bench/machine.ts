/** The machine and the versions that a result holds for. */
export interface MachineDescription {
  readonly processor: string;
  readonly processors: number;
  /** Vector extensions among those that matter here. */
  readonly vectors: readonly string[];
  readonly caches: string;
  readonly memoryGb: number;
  readonly system: string;
  readonly deno: string;
  readonly v8: string;
  readonly v8Flags: readonly string[];
}

/** The flags with which the kernels run at their fastest. */
export const V8_FLAGS = [
  "--experimental-wasm-revectorize",
  "--no-wasm-bounds-checks",
  "--no-liftoff",
] as const;

/** Describes this machine from what the system says. */
export async function describeMachine(): Promise<MachineDescription> {
  const info = await read("/proc/cpuinfo");
  const field = (name: string) => info.match(new RegExp(`^${name}\\s*:\\s*(.*)$`, "m"))?.[1] ?? "";
  const flags = new Set(field("flags").split(" "));
  const known = ["sse4_1", "avx", "fma", "avx2", "avx512f", "avx512vl", "asimd"];
  const model = field("model name") || Deno.build.arch;
  const identity = ["cpu family", "model", "stepping"].map((name) => field(name)).filter((text) =>
    text !== ""
  );
  const release = await read("/etc/os-release");
  return {
    processor: identity.length === 3 ? `${model} (family, model, stepping ${identity.join(", ")})` : model,
    processors: navigator.hardwareConcurrency,
    vectors: known.filter((name) => flags.has(name)),
    caches: await describeCaches(),
    memoryGb: Math.round(Deno.systemMemoryInfo().total / 2 ** 30),
    system: [release.match(/^PRETTY_NAME="(.*)"$/m)?.[1], Deno.build.os, Deno.osRelease(), Deno.build.arch]
      .filter((text) => text !== undefined).join(", "),
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    v8Flags: V8_FLAGS,
  };
}

/** Returns whether the processor has 512-bit vectors. */
export async function hasWideVectors(): Promise<boolean> {
  return (await read("/proc/cpuinfo")).includes("avx512f");
}

/** Returns a processor to pin single-threaded programs to: the last allowed one; null where that cannot be done. */
export async function processorToPin(): Promise<number | null> {
  if (Deno.build.os !== "linux" || !(await isInstalled("taskset", ["--version"]))) return null;
  const allowed = (await read("/proc/self/status")).match(/^Cpus_allowed_list:\s*(\S+)$/m)?.[1];
  return allowed === undefined ? null : Number(allowed.split(/[,-]/).at(-1));
}

/** Returns whether a command runs and ends well. */
export async function isInstalled(command: string, args: readonly string[]): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(command, { args: [...args], stdout: "null", stderr: "null" })
      .output();
    return success;
  } catch {
    return false;
  }
}

async function describeCaches(): Promise<string> {
  const caches = [];
  for (let index = 0; index < 5; index++) {
    const folder = `/sys/devices/system/cpu/cpu0/cache/index${index}`;
    const [level, type, size] = await Promise.all(
      ["level", "type", "size"].map((name) => read(`${folder}/${name}`)),
    );
    if (size !== "" && type.trim() !== "Instruction") caches.push(`L${level.trim()} ${size.trim()}`);
  }
  return caches.join(", ");
}

/** Returns the text of a file, empty if it cannot be had: not every system says everything. */
async function read(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch {
    return "";
  }
}
