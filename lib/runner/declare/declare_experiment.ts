import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { InputError } from "../../core/check/errors.ts";
import { show } from "../../core/check/fields.ts";
import { NO_PERMISSIONS } from "../../core/facts/no_permissions.ts";
import { shortened } from "../../core/text/shortened.ts";
import type { PointShape } from "../../experiment/declaration/point_set.ts";
import type { Point } from "../../experiment/trial/trial.ts";
import { expandShape } from "../../experiment/points/expand_shape.ts";
import type { Declaration } from "../../experiment/points/expand_points.ts";
import { pointText } from "../../experiment/points/point_text.ts";
import { findProject } from "../files/find_project.ts";
import { importHosts, seedbedRoot } from "../files/seedbed_place.ts";
import {
  createSigns,
  type DeclarationAnswer,
  type DeclarationProblem,
  type DeclarationRequest,
  requestStop,
} from "./declaration_message.ts";
import { findDifference, type ValueDifference } from "./find_difference.ts";
import type { Override } from "./override_experiment.ts";
import { DECLARATION_LIMITS, type DeclarationLimits, watchDeclaration } from "./watch_declaration.ts";

/** Options of {@link declareExperiment}. */
export interface DeclareOptions {
  /** The path as given by the user, for messages. */
  readonly file: string;
  /** Fields that override those of the file. Default: none. */
  readonly overrides?: readonly Override[];
  /** Gives the file all permissions of this process, and clock and chance. Default: false. */
  readonly isTrusted?: boolean;
  /** The limits of each thread. */
  readonly limits?: DeclarationLimits;
}

/**
 * Runs an experiment file in restricted threads and returns its declaration as plain data.
 *
 * The file is imported and expanded twice, in two new threads, the second time from the last point to the first. A
 * dependence on chance, the clock or the order of calls thus becomes a difference. The threads may only read the
 * file's project and Seedbed, and import modules from there, from npm and from JSR.
 *
 * @param path Absolute path of the file.
 * @throws {InputError} If the file cannot be imported, is no experiment, needs other permissions, does not end, or
 * has a different declaration the second time.
 */
export async function declareExperiment(path: string, options: DeclareOptions): Promise<Declaration> {
  const stop = new AbortController();
  // A thread that has answered ends together with the other: its end can break a download of that one.
  using threads = new DisposableStack();
  const once = (isRepetition: boolean) =>
    declareOnce(path, { ...options, isRepetition, threads, signal: stop.signal });
  const first = once(false);
  // The error of the first thread is reported, so that the second can stop.
  first.catch(() => stop.abort());
  const [declared, repeated] = await Promise.allSettled([first, once(true)]);
  if (declared.status === "rejected") throw declared.reason;
  if (repeated.status === "rejected") throw repeated.reason;
  checkSame(declared.value, { repeated: repeated.value, file: options.file });
  return declared.value;
}

interface DeclareOnce extends DeclareOptions {
  readonly isRepetition: boolean;
  /** Ends the thread when it is disposed of, unless it has failed. */
  readonly threads: DisposableStack;
  readonly signal: AbortSignal;
}

async function declareOnce(path: string, options: DeclareOnce): Promise<Declaration> {
  const { file, overrides = [], isTrusted = false, isRepetition, threads, signal } = options;
  const { limits = DECLARATION_LIMITS } = options;
  const worker = new Worker(new URL("./declaration_worker.ts", import.meta.url), {
    type: "module",
    name: isRepetition ? "declaration, repeated" : "declaration",
    deno: { permissions: isTrusted ? "inherit" : permissionsFor(path) },
  });
  const { port1: port, port2 } = new MessageChannel();
  const signs = createSigns();
  const end = () => {
    port.close();
    requestStop(signs);
    worker.terminate();
  };
  const { promise, resolve, reject } = Promise.withResolvers<
    Exclude<DeclarationAnswer, { readonly type: "shape" }>
  >();
  worker.onerror = (event) => {
    // Without this the error would end the whole process.
    event.preventDefault();
    reject(new InputError(`Cannot load ${file}: ${shortened(event.message)}`));
  };
  let shape: PointShape = { kind: "axes", axes: {} };
  port.onmessage = ({ data }: MessageEvent<DeclarationAnswer>) => {
    if (data.type === "shape") shape = data.shape;
    else resolve(data);
  };
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  using _watch = watchDeclaration(signs, {
    file,
    limits,
    pointText: (index) => pointText((expandShape(shape)[index] ?? {}) as Point),
    onProblem: reject,
  });
  try {
    const url = pathToFileURL(path).href;
    const request: DeclarationRequest = { url, overrides, isRepetition, isTrusted, signs, port: port2 };
    worker.postMessage(request, [port2]);
    const answer = await promise;
    if (answer.type !== "declared") throw errorOf(answer, file);
    threads.defer(end);
    return answer.declaration;
  } catch (error) {
    end();
    throw error;
  }
}

/**
 * Returns the thread's permissions, if this process has them: to read the file's project and Seedbed, and to import
 * from registries.
 */
function permissionsFor(path: string): Deno.PermissionOptionsObject {
  const project = findProject(dirname(path))?.folder ?? dirname(path);
  const own = seedbedRoot();
  const places = [project, dirname(path), ...own.protocol === "file:" ? [fileURLToPath(own)] : []];
  const mayRead = (place: string) =>
    Deno.permissions.querySync({ name: "read", path: place }).state === "granted";
  return {
    ...NO_PERMISSIONS,
    read: [...new Set(places)].filter(mayRead),
    import: [...importHosts(own)],
  };
}

const PREFIXES: Readonly<Record<DeclarationProblem["type"], (file: string) => string>> = {
  load: (file) => `Cannot load ${file}: `,
  set: () => "",
  expand: (file) => `Cannot run ${file}: `,
};

function errorOf({ type, message, stack, isInput }: DeclarationProblem, file: string): Error {
  // Some messages of Deno have colours.
  const text = `${PREFIXES[type](file)}${shortened(stripVTControlCharacters(message))}`;
  const error = isInput ? new InputError(text) : new Error(text);
  error.stack = `${error.name}: ${text}\n${stripVTControlCharacters(stack)}`;
  return error;
}

interface Repeated {
  readonly repeated: Declaration;
  readonly file: string;
}

function checkSame(declared: Declaration, { repeated, file }: Repeated): void {
  const ofExperiment = findDifference(declared.experiment, repeated.experiment);
  if (ofExperiment !== null) throw changeOf(file, ofExperiment);
  const ofSkipped = findDifference(declared.skipped, repeated.skipped, "skipped");
  if (ofSkipped !== null) throw changeOf(file, ofSkipped);
  for (const [index, settings] of declared.settings.entries()) {
    const difference = findDifference(settings, repeated.settings[index]);
    if (difference !== null) {
      throw changeOf(`${file} at ${pointText(declared.points[index])}`, difference);
    }
  }
}

function changeOf(what: string, { path, left, right }: ValueDifference): InputError {
  return new InputError(
    `Cannot run ${what}: it must declare the same each time it is loaded, in any order of its points, ` +
      `found ${path} ${show(left)} and then ${show(right)}`,
  );
}
