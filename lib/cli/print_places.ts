import { places } from "../runner/places.ts";

// The tasks of deno.json ask this for what no fixed permission can name.
if (import.meta.main) {
  // Arguments are names of environment variables that hold further paths.
  const more = Deno.args.map((name) => Deno.env.get(name)).filter(Boolean);
  console.log([...places(), ...more].join(","));
}
