import type { Finding } from "./finding.ts";
import { VERDICTS } from "../compare/verdicts.ts";

/**
 * Returns findings as JUnit XML: a suite per experiment, a case per trial.
 *
 * Wrong results are failures; missing or incomparable results are errors. The optional attributes for times are left
 * out.
 */
export function junitXml(findings: readonly Finding[]): string {
  const suites = [...Map.groupBy(findings, ({ experiment }) => experiment)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="seedbed check" ${counts(findings)}>`,
    ...suites.flatMap(([experiment, cases]) => [
      `  <testsuite name="${escapeXml(experiment)}" ${counts(cases)} skipped="0">`,
      ...cases.flatMap(testcase),
      "  </testsuite>",
    ]),
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

function counts(findings: readonly Finding[]): string {
  const count = (outcome: Outcome) => findings.filter((finding) => outcomeOf(finding) === outcome).length;
  return `tests="${findings.length}" failures="${count("failure")}" errors="${count("error")}"`;
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
