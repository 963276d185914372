import { isInstalled } from "./machine.ts";
import type { Program } from "./program.ts";
import { AVX2_KERNELS, BENCH_DIR, benchFolder, denoProgram, ONE_THREAD } from "./tools.ts";
import type { Workload } from "./workloads.ts";

/** Another library that does the same work. */
export interface Peer {
  readonly name: string;
  readonly language: "Python" | "JavaScript";
  /** Returns the program that trains a net step by step, or null if the library has no such net. */
  stepProgram(workload: Workload): Program | null;
}

/** The peers that are here, and why the others are not. */
export interface PeerSearch {
  readonly found: readonly Peer[];
  readonly missing: readonly string[];
  /** A Python with NumPy, or null. */
  readonly python: string | null;
}

/** Finds NumPy and PyTorch where the system has them, and installs the JavaScript peers into the cache folder. */
export async function findPeers(): Promise<PeerSearch> {
  const python = await firstInstalled(PYTHONS, ["-c", "import numpy"]);
  const torch = python !== null && await isInstalled(python, ["-c", "import torch"]) ? python : null;
  const folder = await installJavaScriptPeers();
  const missing = [
    ...(python === null ? ["NumPy (no python3 that imports numpy)"] : []),
    ...(torch === null ? ["PyTorch (no python3 that imports torch)"] : []),
    ...(folder === null ? ["TensorFlow.js, ConvNetJS and brain.js (npm could not install them)"] : []),
  ];
  const found = [
    ...(python === null ? [] : pythonPeers(python, NUMPY)),
    ...(torch === null ? [] : pythonPeers(torch, TORCH)),
    ...(folder === null ? [] : javaScriptPeers(folder)),
  ];
  return { found, missing, python };
}

// Debian's packages belong to the system's own Python, which need not be the first in the path.
const PYTHONS = ["/usr/bin/python3", "python3"];

const PACKAGES = {
  "@tensorflow/tfjs": "4.22.0",
  "@tensorflow/tfjs-backend-wasm": "4.22.0",
  "brain.js": "1.6.1",
  "convnetjs": "0.3.0",
} as const;

async function firstInstalled(commands: readonly string[], args: readonly string[]): Promise<string | null> {
  for (const command of commands) if (await isInstalled(command, args)) return command;
  return null;
}

interface PythonScript {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<{ [name: string]: string }>;
}

const NUMPY: readonly PythonScript[] = [
  { name: "NumPy", script: "numpy_step.py" },
  { name: "256-bit NumPy", script: "numpy_step.py", env: AVX2_KERNELS },
];

const TORCH: readonly PythonScript[] = [
  { name: "PyTorch", script: "torch_step.py" },
  { name: "PyTorch, foreach", script: "torch_step.py", args: ["foreach"] },
  { name: "256-bit PyTorch", script: "torch_step.py", env: AVX2_KERNELS },
];

function pythonPeers(python: string, scripts: readonly PythonScript[]): Peer[] {
  return scripts.map(({ name, script, args = [], env = {} }) => ({
    name,
    language: "Python",
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
    language: "JavaScript",
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
