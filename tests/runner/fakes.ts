import { dirname } from "node:path";
import type { Engine, EngineEvent } from "../../lib/engine/engine.ts";
import { inlineEngine } from "../../lib/engine/inline.ts";
import { isOptionalFile } from "../../lib/report/files/is_optional_file.ts";
import {
  type LoadedExperiment,
  loadExperiment,
  type LoadOptions,
} from "../../lib/runner/plan/load_experiment.ts";
import type { RunEvent } from "../../lib/runner/plan/run_event.ts";
import { REPORT_FILES } from "../../lib/runner/results/write_report.ts";
import type { RunOptions } from "../../lib/runner/run/run_options.ts";

/** A folder for one test, with an experiment file in it. */
export interface Sandbox {
  readonly folder: string;
  readonly resultsDir: string;
  /** Loads the experiment file, after replacing text in it. */
  readonly load: (
    changes?: Readonly<Record<string, string>>,
    options?: LoadOptions,
  ) => Promise<LoadedExperiment>;
  readonly options: (changes?: Partial<RunOptions>) => RunOptions;
}

const MODULE = new URL("../../mod.ts", import.meta.url).href;

/** The text of an experiment of four points and two repeats that runs in milliseconds; one of its points diverges. */
export const EXPERIMENT = `import { blobs, defineExperiment } from "${MODULE}";

export default defineExperiment({
  name: "blobs_rate",
  question: "Which learning rate?",
  seed: 7,
  repeats: 2,
  data: blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 }),
  grid: { rate: [0.001, 0.1, 1e30], hidden: [8] },
  trial: ({ rate, hidden }) => ({
    model: { hiddenDims: [hidden], weightScale: "he" },
    solver: { optimizer: { name: "sgd", learningRate: rate }, batchSize: 20, epochs: 2 },
  }),
});
`;

/** What to replace in the experiment for twelve trials, of which two diverge. */
export const TWELVE_TRIALS = { "[0.001, 0.1, 1e30]": "[0.001, 0.01, 0.03, 0.1, 0.3, 1e30]" } as const;

// What a file declares is plain data, a function of its text: two threads for each of hundreds of loads take a minute.
const alreadyLoaded = new Map<string, LoadedExperiment>();

/** Runs a test in a folder of its own. */
export function inSandbox(test: (sandbox: Sandbox) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = await Deno.makeTempDir();
    const resultsDir = `${folder}/results`;
    let version = 0;
    const load = async (changes: Readonly<Record<string, string>> = {}, loadOptions: LoadOptions = {}) => {
      // A module is imported once by its path, so that each version of the file gets a folder of its own.
      const path = `${folder}/experiments${version++}/blobs_rate.ts`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")));
      let text = EXPERIMENT;
      for (const [from, to] of Object.entries(changes)) {
        if (!text.includes(from)) throw new Error(`Cannot change the experiment: there must be "${from}"`);
        text = text.replace(from, to);
      }
      await Deno.writeTextFile(path, text);
      const key = JSON.stringify([text, loadOptions]);
      const loaded = alreadyLoaded.get(key) ?? await loadExperiment(path, loadOptions);
      alreadyLoaded.set(key, loaded);
      return { ...loaded, file: path, baseDir: dirname(path) };
    };
    const options = (changes: Partial<RunOptions> = {}): RunOptions => ({
      workers: 1,
      engine: inlineEngine(),
      resultsDir,
      cacheDir: `${folder}/cache`,
      signal: new AbortController().signal,
      clock: () => 0,
      observe: () => {},
      ...changes,
    });
    try {
      await test({ folder, resultsDir, load, options });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  };
}

/** Returns an engine that passes the inline engine's events through a function; null leaves an event out. */
export function changedEngine(change: (event: EngineEvent) => readonly EngineEvent[]): Engine {
  return async function* (trials, options) {
    for await (const event of inlineEngine()(trials, options)) yield* change(event);
  };
}

/** Returns an engine that must not be asked. */
export function forbiddenEngine(): Engine {
  return () => {
    throw new Error("Cannot run trials: nothing was left to run");
  };
}

/** Returns an observer that keeps what it is told. */
export function recorder(): { readonly events: RunEvent[]; readonly observe: (event: RunEvent) => void } {
  const events: RunEvent[] = [];
  return { events, observe: (event) => void events.push(event) };
}

/** Returns the committed files of a results folder by name, pictures of pixels as base64. */
export async function committedFiles(folder: string): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  for (const name of await committedNames(folder)) {
    const path = `${folder}/${name}`;
    files[name] = name.endsWith(".png")
      ? (await Deno.readFile(path)).toBase64()
      : await Deno.readTextFile(path);
  }
  return files;
}

/** Returns the names of the committed files of a results folder: those that are always there, then its pictures. */
export async function committedNames(folder: string): Promise<readonly string[]> {
  const figures: string[] = [];
  for await (const { name } of Deno.readDir(folder)) if (isOptionalFile(name)) figures.push(name);
  return [...REPORT_FILES, ...figures.sort()];
}

/** Returns the names of all files below a folder. */
export async function fileNames(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) names.push(...(await fileNames(`${folder}/${name}`)).map((inner) => `${name}/${inner}`));
    else names.push(name);
  }
  return names.sort();
}
