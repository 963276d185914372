// Fetched when it is first used: deno.json names what every command needs.
export * as vega from "npm:vega@6.4.0";
export { compile, type Config, type TopLevelSpec } from "npm:vega-lite@6.5.0";
