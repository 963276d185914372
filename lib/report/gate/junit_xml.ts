import type { Finding } from "./finding.ts";
import type { Comparison, Unchecked } from "../compare/comparison.ts";
import { VERDICTS } from "../compare/verdicts.ts";

/**
 * Returns findings as JUnit XML: a suite per experiment, a case per trial.
 *
 * Wrong results are failures; missing or incomparable results are errors; what was not checked is skipped. The optional attributes for times are left
 * out.
 */
export function junitXml(
  findings: readonly Finding[],
  comparisons: readonly Pick<Comparison, "experiment" | "unchecked">[] = [],
): string {
  const suites = Map.groupBy(findings, ({ experiment }) => experiment);
  const skipped = new Map(
    comparisons.flatMap(({ experiment, unchecked = [] }) =>
      unchecked.length > 0 ? [[experiment, unchecked]] : []
    ),
  );
  const names = new Set([...suites.keys(), ...skipped.keys()]);
  const all = [...skipped.values()].flat().length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="seedbed check" ${counts(findings, all)}>`,
    ...[...names].flatMap((experiment) => {
      const [cases, left] = [suites.get(experiment) ?? [], skipped.get(experiment) ?? []];
      return [
        `  <testsuite name="${escapeXml(experiment)}" ${
          counts(cases, left.length)
        } skipped="${left.length}">`,
        ...cases.flatMap(testcase),
        ...left.flatMap((unchecked) => skippedCase(unchecked, experiment)),
        "  </testsuite>",
      ];
    }),
    "</testsuites>",
    "",
  ].join("\n");
}

/** Escapes a text for an XML attribute or element; characters that XML does not allow become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    // deno-lint-ignore no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
    .replace(/[&<>"'\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

type Outcome = "passed" | "failure" | "error";

function outcomeOf({ severity, verdict }: Finding): Outcome {
  return severity === "error" ? VERDICTS[verdict].junit : "passed";
}

function counts(findings: readonly Finding[], skipped: number): string {
  const count = (outcome: Outcome) => findings.filter((finding) => outcomeOf(finding) === outcome).length;
  return `tests="${findings.length + skipped}" failures="${count("failure")}" errors="${count("error")}"`;
}

function skippedCase({ trials, reason }: Unchecked, experiment: string): readonly string[] {
  const name = trials === null ? "not checked" : `not checked: ${trials} of the trials`;
  return [
    `    <testcase name="${escapeXml(name)}" classname="${escapeXml(experiment)}">`,
    `      <skipped message="${escapeXml(reason)}"/>`,
    "    </testcase>",
  ];
}

function testcase(finding: Finding): readonly string[] {
  const { experiment, trial, verdict, severity, title, message } = finding;
  const head = `    <testcase name="${escapeXml(trial ?? "baseline")}" classname="${escapeXml(experiment)}"`;
  const outcome = outcomeOf(finding);
  if (severity === "good") return [`${head}/>`];
  const mean = finding.point === null ? "" : `${finding.point.name}, ${finding.point.message}; this trial: `;
  const text = escapeXml(`${title}: ${mean}${message}`);
  return outcome === "passed" ? [`${head}>`, `      <system-out>${text}</system-out>`, "    </testcase>"] : [
    `${head}>`,
    `      <${outcome} message="${text}" type="${verdict}">${text}</${outcome}>`,
    "    </testcase>",
  ];
}
