import { InputError } from "../../../core/check/errors.ts";

/** A Redis and how to get in. Its name may be shown; the URL may hold a password and never is. */
export interface RedisPlace {
  /** `redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE]`, or `rediss:` for TLS. */
  readonly url: string;
  /** HOST:PORT */
  readonly name: string;
}

const DEFAULT_PORT = "6379";

/**
 * Reads the URL of a Redis.
 *
 * @param source Where it was given, such as "--redis".
 * @throws {InputError} If it is none; the message holds nothing of the text but its protocol.
 */
export function readRedisUrl(text: string, { source }: { readonly source: string }): RedisPlace {
  const fail = (found: string): never => {
    throw new InputError(
      `Cannot read ${source}: it must be redis://HOST:PORT or redis://HOST:PORT/DATABASE, or rediss: for TLS, found ${found}`,
    );
  };
  // Before a colon without slashes may stand a user's name.
  const url = /^[a-z]+:\/\//.test(text) && URL.canParse(text) ? new URL(text) : fail("no URL");
  if (url.protocol !== "redis:" && url.protocol !== "rediss:") fail(`the protocol ${url.protocol}`);
  if (url.hostname === "") fail("no host");
  if (!/^\/?\d{0,9}$/.test(url.pathname)) fail("a database that is no number");
  return { url: text, name: `${url.hostname}:${url.port || DEFAULT_PORT}` };
}

/** Returns a text with the user and the password of a place, should they stand in it, replaced. */
export function withoutCredentials(text: string, { url }: RedisPlace): string {
  const { username, password } = new URL(url);
  return [password, decoded(password), username, decoded(username)]
    .filter((secret) => secret !== "")
    .reduce((shown, secret) => shown.replaceAll(secret, "***"), text);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
