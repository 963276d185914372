import { places } from "../runner/places.ts";

// The tasks of deno.json ask this for what no fixed permission can name.
if (import.meta.main) console.log(places().join(","));
