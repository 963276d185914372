import type { MachineDescription } from "./machine.ts";
import type { AbsentPeer } from "./python_libraries.ts";
import { type BenchReport, numberText, verdictOf } from "./report.ts";
import { tableMarkdown } from "./text_table.ts";

/** All that a run of the benchmark found. */
export interface BenchResults {
  /** The day, such as "2026-01-31". */
  readonly date: string;
  readonly command: string;
  readonly machine: MachineDescription;
  /** Libraries that were not measured. */
  readonly absentPeers: readonly AbsentPeer[];
  /** Variables of the environment that the programs were not given, as `NAME=value`. */
  readonly unset: readonly string[];
  readonly reports: readonly BenchReport[];
}

/** What follows this heading in the dated copy is written by hand. */
export const ANALYSIS_HEADING = "## What bounds the targets that are missed";

/** Returns the dated copy of a run's results. */
export function resultsMarkdown(results: BenchResults): string {
  const { date, command, machine, absentPeers, unset, reports } = results;
  return [
    "# Results of the benchmark",
    "",
    `Measured on ${date} by \`${command}\`. The programs of a table ran in the same run, in turn, each in a process of ` +
    "its own; numbers are medians, and a ratio is the median of the rounds' ratios. Compare within a run only: between " +
    "runs, machines like this one move by a fifth and more.",
    "",
    ...machineLines(machine),
    ...unset.map((variable) => `- Unset for every program: \`${variable}\``),
    ...absentPeers.map(({ name, reason }) => `- Not set up, so not measured: ${name}: ${reason}`),
    "",
    "## Targets",
    "",
    ...targetLines(reports),
    "",
    ...reports.flatMap((
      { name, tables },
    ) => [`## ${HEADINGS[name] ?? name}`, "", ...tables.map(tableMarkdown)]),
  ].join("\n");
}

const HEADINGS: Readonly<{ [name: string]: string }> = {
  products: "Product kernels",
  steps: "Training steps",
  startup: "Start-up",
  memory: "Memory",
  scaling: "Scaling",
  grid: "The whole grid",
  dashboard: "Dashboard",
  profile: "Profile",
  queue: "The queue",
  small: "Small trials",
  many: "Many tiny trials",
};

function machineLines(machine: MachineDescription): string[] {
  const { processor, processors, vectors, caches, memoryGb, system, deno, v8, v8Flags } = machine;
  return [
    `- Processor: ${processor}, ${processors} visible; ${
      vectors.join(" ")
    }; ${caches}; ${memoryGb} GB of memory`,
    `- System: ${system}`,
    `- Runtime: Deno ${deno}, V8 ${v8}; for WebAssembly ${v8Flags.map((flag) => `\`${flag}\``).join(" ")}`,
  ];
}

function targetLines(reports: readonly BenchReport[]): string[] {
  const targets = reports.flatMap((report) => report.targets);
  return [
    "| target | should be | measured | |",
    "| --- | --- | ---: | --- |",
    ...targets.map((target) => {
      const { name, measured, bound, direction, unit } = target;
      const verdict = verdictOf(target);
      const said = verdict === "missed" ? `missed by ${missedBy(target)}` : verdict;
      return `| ${name} | ${direction} ${bound} ${unit} | ${numberText(measured)} | ${said} |`;
    }),
  ];
}

function missedBy({ measured, bound }: { readonly measured: number; readonly bound: number }): string {
  return `${numberText(100 * Math.abs(measured - bound) / bound)} %`;
}
