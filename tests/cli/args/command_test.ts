import { assertEquals } from "@std/assert";
import { type Command, flagText, usage } from "../../../lib/cli/args/command.ts";
import { texts, toggle, value } from "../../../lib/cli/args/flag.ts";

const about = "what it is for";

Deno.test("flagText() is a flag as it is typed", () => {
  assertEquals(flagText(toggle("fresh", { about })), "--fresh");
  assertEquals(flagText(value("out", { about, value: "FILE" })), "--out FILE");
  assertEquals(flagText(texts("only", { about, value: "AXIS=VALUE" })), "--only AXIS=VALUE …");
});

Deno.test("usage() names the operands, and of the flags those that must be given", () => {
  const command: Command = {
    name: "export",
    about,
    operands: "FILE",
    flags: [toggle("json", { about }), value("out", { about, value: "FILE", isRequired: true })],
  };
  assertEquals(usage(command), "deno task export FILE --out FILE");
  assertEquals(usage({ ...command, operands: "", flags: [] }), "deno task export");
});
