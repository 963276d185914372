import { assertEquals } from "@std/assert";
import { minutesSignal } from "../../../lib/cli/args/minutes_signal.ts";

Deno.test("minutesSignal() aborts after a time that has passed, and not before one that takes weeks", async () => {
  const [soon, ...later] = [1e-9, 60, 36_000, 1e12].map(minutesSignal);
  await new Promise((resolve) => soon.addEventListener("abort", resolve));
  assertEquals(later.map(({ aborted }) => aborted), [false, false, false]);
});
