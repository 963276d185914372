import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { DataSpec } from "../../data/base/data_spec.ts";
import { checkText } from "../../experiment/declaration/check_text.ts";
import { defineExperiment } from "../../experiment/declaration/define_experiment.ts";
import type { Axes } from "../../experiment/declaration/axis_label.ts";
import type { Experiment, PointData, PointOf } from "../../experiment/declaration/experiment.ts";

/** A field and its value from the command line. */
export interface Override {
  /** Path of the field, such as `solver.optimizer.learningRate`. */
  readonly path: string;
  /** JSON, or plain text if it is no JSON. */
  readonly value: string;
}

/** Fields of an experiment that are set whole. */
const WHOLE = ["seed", "repeats", "select", "ensemble"];
const ROOTS = ["model", "solver", "data", ...WHOLE];

/**
 * Overrides fields of an experiment file: of `model` and `solver` in every trial, of `data`, or `seed`, `repeats`,
 * `select` and `ensemble`.
 *
 * @throws {InputError} If the path names no field that can be set, or the experiment becomes invalid.
 */
export function overrideExperiment<A extends Axes, D extends PointData<PointOf<A>>>(
  experiment: Experiment<A, D>,
  overrides: readonly Override[],
): Experiment<A, D> {
  if (overrides.length === 0) return experiment;
  for (const { path, value } of overrides) {
    checkPath(path);
    // The report shows it as a part of a command.
    checkText(value, { action: "set a field", path: `--set ${path}` });
  }
  const ofTrial = overrides.filter(({ path }) => /^(model|solver)\./.test(path));
  const ofExperiment = overrides.filter((override) => !ofTrial.includes(override));
  const { name, question, conclusion, gate, metrics, select } = experiment;
  const { seed, repeats, ensemble, data, search, grid, points } = experiment;
  const measured = { ...metrics === undefined ? {} : { metrics }, ...select === undefined ? {} : { select } };
  const ofData = ofExperiment.filter(({ path }) => path.startsWith("data."));
  const fields = setAll(
    { ...measured, seed, repeats, ...ensemble === undefined ? {} : { ensemble } },
    ofExperiment.filter((override) => !ofData.includes(override)),
  );
  const withData = (data: object) => setAll({ data }, ofData).data;
  const dataAt = typeof data === "function"
    ? (point: unknown) => withData(data(point as PointOf<A>))
    : withData(data);
  const trial = (point: unknown) => {
    const returned = experiment.trial(point as PointOf<A>);
    return "skip" in returned ? returned : setAll(returned, ofTrial);
  };
  const rest = {
    name,
    question,
    ...conclusion === undefined ? {} : { conclusion },
    ...gate === undefined ? {} : { gate },
    ...search === undefined ? {} : { search },
    ...fields,
    data: dataAt as DataSpec,
    trial,
  };
  return (points === undefined
    ? defineExperiment({ ...rest, grid })
    : defineExperiment({ ...rest, points })) as unknown as Experiment<A, D>;
}

function checkPath(path: string): void {
  const [root, ...rest] = path.split(".");
  const isWhole = WHOLE.includes(root);
  if (ROOTS.includes(root) && isWhole === (rest.length === 0) && !rest.includes("")) return;
  throw new InputError(
    `Cannot set a field: --set must name a field of model, solver or data, or seed, repeats, select or ensemble, found ${
      quoted(path)
    }`,
  );
}

function setAll<T extends object>(target: T, overrides: readonly Override[]): T {
  let changed = target;
  for (const { path, value } of overrides) {
    changed = setField(changed, { keys: path.split("."), value: parseValue(value), path });
  }
  return changed;
}

interface Assignment {
  readonly keys: readonly string[];
  readonly value: unknown;
  readonly path: string;
}

function setField<T extends object>(target: T, { keys: [key, ...rest], value, path }: Assignment): T {
  if (rest.length === 0) return { ...target, [key]: value };
  // A group that is not there, such as a schedule, begins with this field; whether it may be there is checked later.
  const found: unknown = Object.hasOwn(target, key) ? target[key as keyof T] : undefined;
  const inner = found === undefined ? {} : found;
  if (typeof inner !== "object" || inner === null || Array.isArray(inner)) {
    throw new InputError(
      `Cannot set ${path}: ${key} must be a group of fields, found ${JSON.stringify(inner)}`,
    );
  }
  return { ...target, [key]: setField(inner, { keys: rest, value, path }) };
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
