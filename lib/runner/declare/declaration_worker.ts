/// <reference lib="deno.worker" />
import process from "node:process";
import { InputError } from "../../core/check/errors.ts";
import { messageOf } from "../../core/check/message_of.ts";
import { forbidChance } from "../../engine/threads/forbid_chance.ts";
import type { AnyExperiment } from "../../experiment/declaration/experiment.ts";
import { expandPoints, shapeOf } from "../../experiment/points/expand_points.ts";
import { labelledShape } from "../../experiment/points/expand_shape.ts";
import { askedFor } from "./asked_for.ts";
import {
  beat,
  type DeclarationAnswer,
  type DeclarationProblem,
  type DeclarationRequest,
} from "./declaration_message.ts";
import { overrideExperiment } from "./override_experiment.ts";

/**
 * The thread that runs an experiment file: the only one that ever runs a user's code. It may only read the project;
 * `declare_experiment.ts` starts it.
 */
const BEAT_EVERY_MS = 200;

self.onmessage = async ({ data: request }: MessageEvent<DeclarationRequest>) => {
  self.onmessage = null;
  const { port } = request;
  // Bound before the file runs, which may change globals of this thread.
  const answer = port.postMessage.bind(port) as (message: DeclarationAnswer) => void;
  onStrayError((error) => answer(problemOf("load", error)));
  try {
    answer(await declare(request, answer));
  } catch (error) {
    // The declaration cannot be copied to another thread.
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
    // Packages look for settings here when they load; they get an empty environment.
    process.env = {};
  }
  try {
    const timer = setInterval(() => beat(signs), BEAT_EVERY_MS);
    const loaded = checkExperiment((await import(url)).default);
    clearInterval(timer);
    stage = "set";
    const experiment = overrideExperiment(loaded, overrides);
    stage = "expand";
    answer({ type: "shape", shape: labelledShape(shapeOf(experiment)) });
    const onPoint = (index: number) => beat(signs, index);
    return { type: "declared", declaration: expandPoints(experiment, { isReversed: isRepetition, onPoint }) };
  } catch (error) {
    // The axes cannot be copied to the other thread.
    if (error instanceof DOMException && error.name === "DataCloneError") throw error;
    return problemOf(stage, error);
  }
}

/**
 * Returns whether only npm packages are on the stack. A package may seed itself or read the clock while it loads, as
 * many do; an effect on the declaration would differ in the other thread.
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

function checkExperiment(value: unknown): AnyExperiment {
  if (isExperiment(value)) return value;
  throw new InputError(`its default export must be made by defineExperiment${kindOf(value)}`);
}

function isExperiment(value: unknown): value is AnyExperiment {
  return typeof value === "object" && value !== null && Object.isFrozen(value) && "name" in value &&
    "grid" in value && "trial" in value && typeof value.trial === "function";
}

/** Returns the end of a message: the kind of value that was found. */
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
    // Every error while a file is loaded is the file's.
    isInput: type === "load" || error instanceof InputError || askedFor(error) !== null,
  };
}

/** Reports errors of the file's timers and promises, which Deno would print with their stack. */
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

/** Sends the file's output to standard error, since standard output is for results; the repetition prints nothing. */
function printAside({ isMuted }: { readonly isMuted: boolean }): void {
  const print = isMuted ? () => {} : console.error.bind(console);
  for (const name of ["debug", "dir", "error", "info", "log", "table", "trace", "warn"] as const) {
    console[name] = print;
  }
}

/** Makes exits throw: a thread that ends itself reports nothing, one that fails does. */
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
