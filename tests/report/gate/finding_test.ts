import { assertEquals } from "@std/assert";
import { VERDICTS } from "../../../lib/report/compare/verdicts.ts";
import {
  exitCodeOfFindings,
  type Finding,
  groupFindings,
  type Severity,
  severityOf,
} from "../../../lib/report/gate/finding.ts";
import { FINDING } from "../compare/fakes.ts";

Deno.test("exitCodeOfFindings() is that of the gravest, and 0 for notices", () => {
  const of = (...verdicts: readonly Finding["verdict"][]) =>
    exitCodeOfFindings(verdicts.map((verdict) => ({ ...FINDING, verdict })));
  assertEquals([of("new"), of("new", "bits"), of("bits", "diverged"), of("failed", "incomplete")], [
    3,
    1,
    4,
    6,
  ]);
});

const POLICIES:
  readonly (readonly [Finding["verdict"], strict: Severity, allowBits: Severity, accuracy: Severity])[] = [
    ["same", "good", "good", "good"],
    ["bits", "error", "notice", "notice"],
    ["within", "error", "notice", "notice"],
    ["improved", "error", "notice", "notice"],
    ["regression", "error", "error", "error"],
    ["suspicious", "error", "error", "notice"],
    ["diverged", "error", "error", "error"],
    ["failed", "error", "error", "error"],
    ["new", "error", "error", "notice"],
    ["obsolete", "error", "error", "notice"],
    ["contradiction", "error", "error", "error"],
    ["damaged", "error", "error", "error"],
    ["incomplete", "error", "error", "error"],
  ];

Deno.test("severityOf() fails every change under strict, losses under accuracy, and nothing under report", () => {
  for (const [verdict, strict, allowBits, accuracy] of POLICIES) {
    const found = [
      severityOf(verdict, { policy: "strict", allowBits: false }),
      severityOf(verdict, { policy: "strict", allowBits: true }),
      severityOf(verdict, { policy: "accuracy", allowBits: false }),
      severityOf(verdict, { policy: "report", allowBits: false }),
    ];
    const report = verdict === "same" ? "good" : "notice";
    assertEquals([verdict, ...found], [verdict, strict, allowBits, accuracy, report]);
  }
  assertEquals(POLICIES.map(([verdict]) => verdict).sort(), Object.keys(VERDICTS).sort());
});

Deno.test("groupFindings() leaves out what is good, and puts first what fails, then the gravest verdict", () => {
  const findings = ([
    ["bits", "notice"],
    ["same", "good"],
    ["suspicious", "notice"],
    ["diverged", "error"],
    ["bits", "notice"],
    ["regression", "error"],
  ] as const).map(([verdict, severity], index): Finding => ({
    ...FINDING,
    verdict,
    severity,
    trial: `${index}`,
  }));
  const whole: Finding = { ...FINDING, trial: null, verdict: "bits", severity: "notice" };
  assertEquals(groupFindings([...findings, whole]).map(({ name }) => name), [null, "3", "5", "2", "0", "4"]);
});
