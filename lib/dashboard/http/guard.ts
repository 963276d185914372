import { timingSafeEqual } from "node:crypto";

/** What a request must bring. */
export interface GuardOptions {
  /** The first part of every path. */
  readonly token: string;
  /** Where the dashboard listens. */
  readonly port: number;
}

/** A request that was let in, or the answer to one that was not. */
export type Guarded = { readonly path: string; readonly query: URLSearchParams } | Response;

/** Headers of every answer: nothing is loaded but from here, nothing is kept, and no other page may frame it. */
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
 * Lets in what reads, knows the token, and was sent to this machine by its own name.
 *
 * The name is checked because a page of somebody else's may make its own name point here (DNS rebinding).
 */
export function guard(request: Request, { token, port }: GuardOptions): Guarded {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(request.headers.get("host") ?? "")) {
    return refuse(403, "Cannot answer: the host must be 127.0.0.1 or localhost.");
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return refuse(405, "Cannot answer: the dashboard can be read only.", { allow: "GET, HEAD" });
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

/** Returns an answer that says in a sentence why there is no other. */
export function refuse(
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
