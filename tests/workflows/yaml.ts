// Tests alone use it: deno.json names what every command needs.
export { parse } from "npm:yaml@2.9.1";
