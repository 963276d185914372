import { assertEquals } from "@std/assert";
import { commitAll } from "../e2e/repository.ts";
import { makeWorkplace, type Workplace } from "../e2e/workplace.ts";
import { EXPERIMENT } from "../runner/fakes.ts";
import { hasTools } from "../setup/needing.ts";
import { type DashboardProcess, startDashboard } from "./dashboard_process.ts";
import { HOSTILE_FILES } from "./hostile_experiment.ts";
import type { Page } from "./playwright_types.ts";
import { type Equipment, visit } from "./visit.ts";

/** The subject of the commit of the results. */
export const SUBJECT = `"><img src=x onerror=alert(7)> baseline`;

let place: Workplace | null = null;
let dashboard: DashboardProcess | null = null;

// All tests look at the same results: one experiment is hostile, one has changed since its last commit, and of the
// third only what is committed is there.
Deno.test.beforeAll(async () => {
  if (!hasTools("chromium", "git")) return;
  place = await makeWorkplace({ ...HOSTILE_FILES, "blobs_rate.ts": EXPERIMENT });
  const { folder, run } = place;
  await run("run", "experiments/hostile.ts", "experiments/blobs_rate.ts", "--workers", "1");
  await Deno.mkdir(`${folder}/results/committed`);
  for (const name of ["summary.json", "history.csv", "trials.csv"]) {
    await Deno.copyFile(`${folder}/results/blobs_rate/${name}`, `${folder}/results/committed/${name}`);
  }
  await Deno.writeTextFile(`${folder}/.gitignore`, "/cache/\n/results/*/weights/\n");
  await commitAll(folder, { message: SUBJECT });
  await Deno.writeTextFile(
    `${folder}/experiments/blobs_rate.ts`,
    EXPERIMENT.replace("[0.001, 0.1, 1e30]", "[0.001, 0.2, 1e30]"),
  );
  await run("run", "experiments/blobs_rate.ts", "--workers", "1");
  dashboard = await startDashboard(place);
});
Deno.test.afterAll(async () => {
  if (dashboard === null || place === null) return;
  const ended = await dashboard.stop();
  await Deno.remove(place.folder, { recursive: true });
  assertEquals(ended, { code: 0, error: "The address lets its holder look; Ctrl-C ends it.\n" });
});

/** Returns where the dashboard is: token and all, with a slash at the end. */
export function dashboardUrl(): string {
  return dashboard!.url;
}

/** Opens a page of the dashboard. */
export function see(
  path: string,
  look: (page: Page) => Promise<void>,
  equipment: Equipment = {},
): Promise<void> {
  return visit({ url: `${dashboardUrl()}${path}`, ...equipment }, look);
}
