import { timingSafeEqual } from "node:crypto";

/** Options of {@link guard}. */
export interface GuardOptions {
  /** The first part of every path. */
  readonly token: string;
  /** The port of the dashboard. */
  readonly port: number;
}

/** An accepted request, or the answer to a refused one. */
export type Guarded = { readonly path: string; readonly query: URLSearchParams } | Response;

/**
 * Headers of every answer: everything is loaded from this server, nothing is cached, and no other page may frame it.
 */
export const SECURITY_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
} as const;

/**
 * Accepts a request that only reads, has the token, and was sent to this machine's own name.
 *
 * The name is checked because a foreign page may make its own name resolve to this machine (DNS rebinding).
 */
export function guard(request: Request, { token, port }: GuardOptions): Guarded {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(request.headers.get("host") ?? "")) {
    return refuse(403, "Cannot answer: the host must be 127.0.0.1 or localhost.");
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return refuse(405, "Cannot answer: the dashboard is read-only.", { allow: "GET, HEAD" });
  }
  const { pathname, searchParams } = new URL(request.url);
  const [, first, ...rest] = pathname.split("/");
  if (!isSame(first, token)) {
    return refuse(404, "Cannot answer: the address must have the token that the command printed.");
  }
  if (rest.length === 0) {
    return new Response(null, { status: 308, headers: { ...SECURITY_HEADERS, location: `/${token}/` } });
  }
  return { path: rest.join("/"), query: searchParams };
}

/** Returns an answer with one sentence that gives the reason of the refusal. */
function refuse(
  status: number,
  sentence: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { ...SECURITY_HEADERS, ...headers, "content-type": "text/plain; charset=utf-8" },
  });
}

function isSame(found: string, token: string): boolean {
  const [left, right] = [found, token].map((text) => new TextEncoder().encode(text));
  return left.length === right.length && timingSafeEqual(left, right);
}
