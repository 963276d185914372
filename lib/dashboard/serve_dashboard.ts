import { InputError } from "../core/check/errors.ts";
import { guard } from "./http/guard.ts";
import { Pages } from "./pages.ts";

/** Options of {@link serveDashboard}. */
export interface DashboardOptions {
  readonly resultsDir: string;
  /** 0 for any free port. */
  readonly port: number;
  /** The first part of every address, which grants access. */
  readonly token: string;
  /** Ends the dashboard. */
  readonly signal: AbortSignal;
}

/** A running dashboard. */
export interface Dashboard {
  /** Its URL, including the token. */
  readonly url: string;
  /** Settles when it has ended. */
  readonly finished: Promise<void>;
}

/**
 * Serves a page of all experiments and a page for each, to this machine only; it writes nothing.
 *
 * @throws {InputError} If the port is taken.
 */
export function serveDashboard({ resultsDir, port, token, signal }: DashboardOptions): Dashboard {
  const ended = new AbortController();
  const pages = new Pages({ resultsDir, base: `/${token}`, signal: AbortSignal.any([signal, ended.signal]) });
  let boundPort = port;
  const server = listen(port, async (request) => {
    const guarded = guard(request, { token, port: boundPort });
    return guarded instanceof Response ? guarded : await pages.answer(guarded.path, guarded.query);
  });
  boundPort = server.addr.port;
  signal.addEventListener("abort", () => server.shutdown(), { once: true });
  return {
    url: `http://127.0.0.1:${boundPort}/${token}/`,
    finished: server.finished.finally(() => ended.abort()),
  };
}

function listen(
  port: number,
  handler: (request: Request) => Promise<Response>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, handler);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new InputError(
      `Cannot serve the dashboard: port ${port} must be free, found it in use; --port 0 takes any free port`,
    );
  }
}

/** Returns a token that cannot be guessed. */
export function randomToken(): string {
  return crypto.getRandomValues(new Uint8Array(16)).toHex();
}
