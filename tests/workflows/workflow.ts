import { parse } from "./yaml.ts";

/** A step of a job, or of an action. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** A workflow of GitHub Actions, or an action; the fields that tests read. */
export interface Workflow {
  readonly name: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs?: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  readonly runs?: { readonly steps: readonly Step[] };
}

/** A job of GitLab; the fields that tests read. */
export interface GitlabJob {
  readonly before_script?: readonly string[];
  readonly script: string;
  readonly artifacts?: { readonly reports: Readonly<Record<string, string>> };
}

/** Returns a workflow or an action that is written as YAML. */
export function parseWorkflow(yaml: string): Workflow {
  return parse(yaml) as Workflow;
}

/** Returns the jobs of a pipeline of GitLab by their names. */
export function parsePipeline(yaml: string): Readonly<Record<string, GitlabJob>> {
  return parse(yaml) as Readonly<Record<string, GitlabJob>>;
}

/** Returns all steps of a workflow or an action. */
export function stepsOf({ jobs = {}, runs }: Workflow): readonly Step[] {
  return [...Object.values(jobs), ...runs === undefined ? [] : [runs]].flatMap(({ steps }) => steps);
}

/** Returns the script of the step with a name. */
export function scriptOf(workflow: Workflow, name: string): string {
  const run = stepsOf(workflow).find((step) => step.name === name)?.run;
  if (run === undefined) throw new Error(`Cannot test ${workflow.name}: there must be a step "${name}"`);
  return run;
}
