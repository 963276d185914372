/** The version of Seedbed, that of `deno.json`: what the machines of a run must have in common. */
export const SEEDBED_VERSION = "0.1.0";
