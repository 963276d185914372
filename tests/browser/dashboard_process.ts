import type { Workplace } from "../e2e/workplace.ts";

/** The dashboard as its own process, with the permissions of its task. */
export interface DashboardProcess {
  /** Where it is: token and all, with a slash at the end. */
  readonly url: string;
  readonly pid: number;
  /** Ends it as Ctrl-C does, and returns its exit code and what it said of errors. */
  readonly stop: () => Promise<{ readonly code: number; readonly error: string }>;
}

/** Starts the dashboard of a workplace's results on a free port. */
export async function startDashboard({ start }: Workplace): Promise<DashboardProcess> {
  const process = start("dashboard", "--port", "0");
  const error = new Response(process.stderr).text();
  let out = "";
  for await (const piece of process.stdout.pipeThrough(new TextDecoderStream())) {
    out += piece;
    if (out.endsWith("\n")) break;
  }
  if (out === "") throw new Error(`Cannot start the dashboard: ${await error}`);
  return {
    url: out.trim(),
    pid: process.pid,
    stop: async () => {
      process.kill("SIGINT");
      const { code } = await process.status;
      return { code, error: await error };
    },
  };
}
