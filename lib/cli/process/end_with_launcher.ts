/** Holds the process id of the launcher, for the command that it starts. */
export const LAUNCHER_VARIABLE = "SEEDBED_LAUNCHER";

const LOOK_EVERY_MS = 250;
const EXIT_CODE = 137;

/**
 * Ends this process when its launcher has ended: a run that nobody watches would stay otherwise. What has ended by then
 * is kept, as after any crash.
 *
 * Windows keeps the id of a parent that has ended, so a command continues there.
 */
export function endWithLauncher(): void {
  const { state } = Deno.permissions.querySync({ name: "env", variable: LAUNCHER_VARIABLE });
  const launcher = state === "granted" ? Number(Deno.env.get(LAUNCHER_VARIABLE) ?? Number.NaN) : Number.NaN;
  if (Number.isNaN(launcher)) return;
  const timer = setInterval(() => {
    if (Deno.ppid !== launcher) Deno.exit(EXIT_CODE);
  }, LOOK_EVERY_MS);
  Deno.unrefTimer(timer);
}
