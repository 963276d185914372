// Tests alone use it: deno.json names what every command needs.
export { raw } from "npm:jq-wasm@1.0.1";
