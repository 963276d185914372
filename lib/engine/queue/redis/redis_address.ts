import { InputError } from "../../../core/check/errors.ts";

/** Where a Redis is and how to log in. The name may be shown; the URL may hold a password and is never shown. */
export interface RedisAddress {
  /** `redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE]`, or `rediss:` for TLS. */
  readonly url: string;
  /** HOST:PORT */
  readonly name: string;
}

const DEFAULT_PORT = "6379";

/**
 * Reads the URL of a Redis.
 *
 * @param source What gave the text, such as "--redis".
 * @throws {InputError} If it is none; the message shows nothing of the text but its protocol.
 */
export function readRedisUrl(text: string, { source }: { readonly source: string }): RedisAddress {
  const fail = (found: string): never => {
    throw new InputError(
      `Cannot read ${source}: it must be redis://HOST:PORT or redis://HOST:PORT/DATABASE, or rediss: for TLS, found ${found}`,
    );
  };
  // What stands before a colon without slashes may be a user's name.
  const url = /^[a-z]+:\/\//.test(text) && URL.canParse(text) ? new URL(text) : fail("no URL");
  if (url.protocol !== "redis:" && url.protocol !== "rediss:") fail(`the protocol ${url.protocol}`);
  if (url.hostname === "") fail("no host");
  if (!/^\/?\d{0,9}$/.test(url.pathname)) fail("a database that is no number");
  return { url: text, name: `${url.hostname}:${url.port || DEFAULT_PORT}` };
}

/** Returns a text with the user and the password of an address replaced, if it holds them. */
export function withoutCredentials(text: string, { url }: RedisAddress): string {
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
