/** The version of Seedbed, as in `deno.json`; all machines of a run must have the same. */
export const SEEDBED_VERSION = "0.1.0";
