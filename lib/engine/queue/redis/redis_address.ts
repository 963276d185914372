import { InputError } from "../../../core/check/errors.ts";

/**
 * The address of a Redis, with credentials. The name may be shown; the URL may have a password and is never shown.
 */
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
 * @param source The flag or variable of the text, such as "--redis".
 * @throws {InputError} If it is invalid; the message shows only the protocol of the text.
 */
export function readRedisUrl(text: string, { source }: { readonly source: string }): RedisAddress {
  const fail = (found: string): never => {
    throw new InputError(
      `Cannot read ${source}: it must be redis://HOST:PORT or redis://HOST:PORT/DATABASE, or rediss: for TLS, found ${found}`,
    );
  };
  // Text before a colon without slashes may be a user's name, which must not be shown.
  const url = /^[a-z]+:\/\//.test(text) && URL.canParse(text) ? new URL(text) : fail("no URL");
  if (url.protocol !== "redis:" && url.protocol !== "rediss:") fail(`the protocol ${url.protocol}`);
  if (url.hostname === "") fail("no host");
  if (!/^\/?\d{0,9}$/.test(url.pathname)) fail("a database that is no number");
  return { url: text, name: `${url.hostname}:${url.port || DEFAULT_PORT}` };
}

/** Returns a text in which the user and the password of an address are replaced. */
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
