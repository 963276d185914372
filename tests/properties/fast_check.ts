// Tests alone use it: deno.json names what every command needs.
export { default as fc } from "npm:fast-check@4.11.0";
