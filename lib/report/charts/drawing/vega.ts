// Fetched on first use: deno.json names only packages that every command needs.
export * as vega from "npm:vega@6.4.0";
export { compile, type Config, type TopLevelSpec } from "npm:vega-lite@6.5.0";
