/// <reference lib="deno.worker" />
import process from "node:process";
import { InputError } from "../../core/check/errors.ts";
import { forbidChance } from "../../engine/threads/forbid_chance.ts";
import type { Experiment } from "../../experiment/declaration/experiment.ts";
import { expandPoints } from "../../experiment/points/expand_points.ts";
import { askedFor } from "./asked_for.ts";
import {
  beat,
  type DeclarationAnswer,
  type DeclarationProblem,
  type DeclarationRequest,
} from "./declaration_message.ts";
import { overrideExperiment } from "./override_experiment.ts";

/**
 * The thread that runs an experiment file: the only one that ever runs a user's code. It may read the project and
 * nothing else; `declare_experiment.ts` is its other end.
 */
const BEAT_EVERY_MS = 200;

self.onmessage = async ({ data: request }: MessageEvent<DeclarationRequest>) => {
  self.onmessage = null;
  const { port } = request;
  // What the file changes in this thread must not change how it is answered for.
  const answer = port.postMessage.bind(port) as (message: DeclarationAnswer) => void;
  onStrayError((error) => answer(problemOf("load", error)));
  try {
    answer(await declare(request, answer));
  } catch (error) {
    // A declaration that cannot be copied to another thread.
    answer(problemOf("load", new InputError(`its declaration must be plain data, ${messageOf(error)}`)));
  }
};

async function declare(
  request: DeclarationRequest,
  answer: (message: DeclarationAnswer) => void,
): Promise<DeclarationAnswer> {
  const { url, overrides, isRepetition, isTrusted, signs } = request;
  printAside({ isMuted: isRepetition });
  forbidExit();
  let stage: DeclarationProblem["type"] = "load";
  if (!isTrusted) {
    forbidChance("an experiment", { isExempt: () => stage === "load" && isPackageLoading() });
    // Packages look for settings there when they load, which shows them an environment that is empty.
    process.env = {};
  }
  try {
    const timer = setInterval(() => beat(signs), BEAT_EVERY_MS);
    const loaded = checkExperiment((await import(url)).default);
    clearInterval(timer);
    stage = "set";
    const experiment = overrideExperiment(loaded, overrides);
    stage = "expand";
    answer({ type: "axes", grid: experiment.grid });
    const onPoint = (index: number) => beat(signs, index);
    return { type: "declared", declaration: expandPoints(experiment, { isReversed: isRepetition, onPoint }) };
  } catch (error) {
    // The axes could not be copied to the other thread.
    if (error instanceof DOMException && error.name === "DataCloneError") throw error;
    return problemOf(stage, error);
  }
}

/**
 * Tells whether only npm packages are on the stack. One may seed itself or read the clock while it loads, as many do;
 * what would come of that in a declaration differs in the other thread.
 */
function isPackageLoading(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return stack.split("\n").slice(1)
    .filter((frame) =>
      !/\b(?:ext|node):|<anonymous>\)?$|forbid_chance\.ts|declaration_worker\.ts/.test(frame)
    )
    .every((frame) => /[/\\](?:npm|node_modules)[/\\]/.test(frame));
}

function checkExperiment(value: unknown): Experiment {
  if (isExperiment(value)) return value;
  throw new InputError(`its default export must be made by defineExperiment${kindOf(value)}`);
}

function isExperiment(value: unknown): value is Experiment {
  return typeof value === "object" && value !== null && Object.isFrozen(value) && "name" in value &&
    "grid" in value && "trial" in value && typeof value.trial === "function";
}

/** Returns the end of a message: what was found, where something was. */
function kindOf(value: unknown): string {
  if (value === undefined) return "";
  if (value === null) return ", found null";
  return typeof value === "object" ? ", found another object" : `, found a ${typeof value}`;
}

function problemOf(type: DeclarationProblem["type"], error: unknown): DeclarationProblem {
  return {
    type,
    message: askedFor(error) ?? messageOf(error),
    stack: error instanceof Error ? String(error.stack) : "",
    // Whatever goes wrong while a file is loaded is the file's.
    isInput: type === "load" || error instanceof InputError || askedFor(error) !== null,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a timer or a promise of the file throws would be printed by Deno, stack and all. */
function onStrayError(report: (error: unknown) => void): void {
  self.addEventListener("error", (event) => {
    event.preventDefault();
    report(event.error);
  });
  self.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    report(event.reason);
  });
}

/** Standard output is for results: what the file prints goes to standard error, and once only. */
function printAside({ isMuted }: { readonly isMuted: boolean }): void {
  const print = isMuted ? () => {} : console.error.bind(console);
  for (const name of ["debug", "dir", "error", "info", "log", "table", "trace", "warn"] as const) {
    console[name] = print;
  }
}

/** A thread that ends itself says nothing; one that fails does. */
function forbidExit(): void {
  const exits: readonly (readonly [object, string, readonly string[]])[] = [
    [Deno, "Deno.", ["exit"]],
    [self, "", ["close"]],
    [process, "process.", ["abort", "exit", "kill", "reallyExit"]],
  ];
  for (const [owner, path, names] of exits) {
    for (const name of names) {
      const value = () => {
        throw new Error(`Cannot call ${path}${name} in an experiment: it must declare and return`);
      };
      Object.defineProperty(owner, name, { value, configurable: true });
    }
  }
}
