import { isInstalled } from "./machine.ts";
import type { Program } from "./program.ts";
import { type AbsentPeer, findPythonLibraries, type PythonLibrary } from "./python_libraries.ts";
import { AVX2_KERNELS, BENCH_DIR, benchFolder, denoProgram, ONE_THREAD } from "./tools.ts";
import type { Workload } from "./workloads.ts";

/** The name of the JavaScript libraries as one. */
export const JAVASCRIPT = "JavaScript peer";

/** Another library that does the same work. */
export interface Peer {
  readonly name: string;
  /** The library as a target names it; a library may have several peers. */
  readonly library: string;
  /** Returns the program that trains a net step by step, or null if the library has no such net. */
  stepProgram(workload: Workload): Program | null;
}

/** The peers that are here, and why the others are not. */
export interface PeerSearch {
  readonly found: readonly Peer[];
  readonly python: readonly PythonLibrary[];
  readonly absent: readonly AbsentPeer[];
}

/** What is found when nobody asked for peers. */
export const NO_PEERS: PeerSearch = {
  found: [],
  python: [],
  absent: ["NumPy", "PyTorch", "scikit-learn", JAVASCRIPT].map((name) => ({
    name,
    reason: "--peers was not given",
  })),
};

/**
 * Finds the Python libraries that the system has and that compute on a BLAS made for its processor, and installs the
 * JavaScript ones into the cache folder.
 */
export async function findPeers(): Promise<PeerSearch> {
  const python = await findPythonLibraries();
  const folder = await installJavaScriptPeers();
  const found = [
    ...python.found.flatMap(pythonPeers),
    ...(folder === null ? [] : javaScriptPeers(folder)),
  ];
  const absent = [
    ...python.absent,
    ...(folder === null
      ? [{ name: JAVASCRIPT, reason: "npm could not install TensorFlow.js, ConvNetJS and brain.js" }]
      : []),
  ];
  return { found, python: python.found, absent };
}

const PACKAGES = {
  "@tensorflow/tfjs": "4.22.0",
  "@tensorflow/tfjs-backend-wasm": "4.22.0",
  "brain.js": "1.6.1",
  "convnetjs": "0.3.0",
} as const;

interface PythonScript {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<{ [name: string]: string }>;
}

const SCRIPTS: Readonly<{ [library: string]: readonly PythonScript[] }> = {
  NumPy: [
    { name: "NumPy", script: "numpy_step.py" },
    { name: "256-bit NumPy", script: "numpy_step.py", env: AVX2_KERNELS },
  ],
  PyTorch: [
    { name: "PyTorch", script: "torch_step.py" },
    { name: "PyTorch, foreach", script: "torch_step.py", args: ["foreach"] },
    { name: "256-bit PyTorch", script: "torch_step.py", env: AVX2_KERNELS },
  ],
};

function pythonPeers({ name: library, python }: PythonLibrary): Peer[] {
  const scripts = SCRIPTS[library] ?? [];
  return scripts.map(({ name, script, args = [], env = {} }) => ({
    name,
    library,
    stepProgram: (workload) => ({
      name,
      command: python,
      args: ["-B", `${BENCH_DIR}/peers/${script}`, workload.name, ...args],
      env: { ...ONE_THREAD, ...env },
    }),
  }));
}

function javaScriptPeers(folder: string): Peer[] {
  const peer = (name: string, options: JavaScriptPeer): Peer => ({
    name,
    library: JAVASCRIPT,
    stepProgram: (workload) =>
      options.can(workload)
        ? denoProgram(name, {
          script: `peers/${options.script}`,
          args: [workload.name, ...(options.args ?? [])],
          env: { PEERS_DIR: folder },
        })
        : null,
  });
  return [
    peer("TensorFlow.js, wasm", { script: "tfjs_step.ts", args: ["wasm"], can: () => true }),
    peer("TensorFlow.js, cpu", { script: "tfjs_step.ts", args: ["cpu"], can: () => true }),
    peer("ConvNetJS", { script: "convnetjs_step.ts", can: ({ normalization }) => normalization === null }),
    peer("brain.js", {
      script: "brain_step.ts",
      can: ({ normalization, keepRatio }) => normalization === null && keepRatio === 1,
    }),
  ];
}

interface JavaScriptPeer {
  readonly script: string;
  readonly args?: readonly string[];
  /** Whether the library has all layers of a net. */
  readonly can: (workload: Workload) => boolean;
}

/** Returns the folder whose `node_modules` holds the pinned packages, or null if npm cannot install them. */
async function installJavaScriptPeers(): Promise<string | null> {
  const folder = `${await benchFolder()}/peers`;
  const wanted = JSON.stringify({ private: true, dependencies: PACKAGES });
  const marker = `${folder}/installed.json`;
  if (await Deno.readTextFile(marker).catch(() => "") === wanted) return folder;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/package.json`, wanted);
  const args = [
    "install",
    "--prefix",
    folder,
    "--ignore-scripts",
    "--omit=optional",
    "--no-audit",
    "--no-fund",
  ];
  if (!(await isInstalled("npm", args))) return null;
  await Deno.writeTextFile(marker, wanted);
  return folder;
}
