import { assertEquals } from "@std/assert";
import { escapeXml, junitXml } from "../../../lib/report/gate/junit_xml.ts";
import { FINDING } from "../compare/fakes.ts";

Deno.test("junitXml() escapes what XML takes for markup or cannot hold, and counts by kind", () => {
  assertEquals(escapeXml(`a<b>&"c"\u0000\ud800\n😀`), "a&#60;b&#62;&#38;&#34;c&#34;\ufffd\ufffd&#10;😀");
  assertEquals(
    junitXml([FINDING, { ...FINDING, verdict: "failed" }, { ...FINDING, severity: "notice" }]).split("\n"),
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="seedbed check" tests="3" failures="1" errors="1">',
      '  <testsuite name="fake" tests="3" failures="1" errors="1" skipped="0">',
      ...(["failure", "error"] as const).flatMap((kind) => {
        const text = "Accuracy regression: 50.00 %&#10;worse &#38; \ufffdworse";
        return [
          '    <testcase name="rate=&#34;&#60;1&#62;&#34;" classname="fake">',
          `      <${kind} message="${text}" type="${
            kind === "error" ? "failed" : "regression"
          }">${text}</${kind}>`,
          "    </testcase>",
        ];
      }),
      '    <testcase name="rate=&#34;&#60;1&#62;&#34;" classname="fake">',
      "      <system-out>Accuracy regression: 50.00 %&#10;worse &#38; \ufffdworse</system-out>",
      "    </testcase>",
      "  </testsuite>",
      "</testsuites>",
      "",
    ],
  );
});
