import { join } from "node:path";
import { canonicalJson, type Json } from "../../core/numbers/digest.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { usingFile } from "../../files/file_problem.ts";
import { ifThere } from "../../files/if_there.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import { placeOf } from "../../report/summary/rank_points.ts";
import type { Plan } from "./plan_run.ts";

/** All that determined a trial's result when it ran here. */
export interface TrialSpec extends Pick<Trial, "point" | "repeat" | "fold" | "seed" | "model" | "solver"> {
  /** Id of the trial. */
  readonly trial: string;
  readonly dataDigest: string;
  readonly numericsVersion: number;
}

const { name: NAME } = LOCAL.specs;

/** Returns all that determines the result of a trial of a plan. */
export function specOf(
  { id, seed, model, solver, dataDigest, ...place }: Trial,
  { header: { numericsVersion } }: Plan,
): TrialSpec {
  return { trial: id, ...placeOf(place), seed, model, solver, dataDigest, numericsVersion };
}

/**
 * Appends the specs of trials to `specs.jsonl`, which git ignores, each once; an id alone does not show them.
 *
 * @throws {InputError} If the file cannot be written.
 */
export async function keepSpecs(
  plan: Plan,
  { trials }: { readonly trials: readonly Trial[] },
): Promise<void> {
  const known = new Set((await readSpecs(plan)).map(({ trial }) => trial));
  const lines = trials.filter(({ id }) => !known.has(id)).map((trial) =>
    `${canonicalJson(specOf(trial, plan) as unknown as Json)}\n`
  );
  if (lines.length === 0) return;
  const path = join(plan.folder, NAME);
  await usingFile({ action: "write", path }, async () => {
    await Deno.mkdir(plan.folder, { recursive: true });
    await Deno.writeTextFile(path, lines.join(""), { append: true });
  });
}

/** Returns the specs of the trials that ran here, in the order of their first run. */
export async function readSpecs({ folder }: Plan): Promise<readonly TrialSpec[]> {
  const path = join(folder, NAME);
  const text = await ifThere({ action: "read", path }, () => Deno.readTextFile(path));
  return (text ?? "").split("\n").flatMap(parseLine);
}

/** Parses a line; one that a crash truncated is skipped, since nothing depends on it. */
function parseLine(line: string): readonly TrialSpec[] {
  try {
    const spec = JSON.parse(line);
    return isSpec(spec) ? [spec] : [];
  } catch {
    return [];
  }
}

function isSpec(
  { trial, point, repeat, fold = 0, model, solver, dataDigest, numericsVersion }: TrialSpec,
): boolean {
  const isObject = (value: unknown) => typeof value === "object" && value !== null;
  return typeof trial === "string" && typeof dataDigest === "string" &&
    [point, model, solver].every(isObject) &&
    [repeat, fold, numericsVersion].every((value) => typeof value === "number");
}
