import { InputError } from "../../../core/check/errors.ts";
import { type RedisAddress, withoutCredentials } from "./redis_address.ts";

/** The beginning of each error of Redis, and what the user must change. */
const ADVICE: readonly (readonly [begins: RegExp, must: string])[] = [
  [/^(WRONGPASS|NOAUTH)/, "--redis or SEEDBED_REDIS_URL must hold its user and password"],
  [
    /^OOM/,
    "it must have memory for trials and their weights; raise maxmemory, with maxmemory-policy noeviction",
  ],
  [
    /^NOPERM|can't (run this command|access at least one)/,
    "its user must be allowed every command on keys that begin with seedbed: (ACL: ~seedbed:* &* +@all)",
  ],
  [/^(READONLY|UNBLOCKED)/, "it must be a primary that takes writes, and no replica"],
  [/^(MOVED|ASK|CROSSSLOT|CLUSTERDOWN)/, "it must be one server, and no cluster"],
  [/^LOADING/, "it must have loaded its data"],
  [/DB index is out of range/, "--redis or SEEDBED_REDIS_URL must name a database that exists"],
];

/** The beginning of the client's error if the server is no Redis. */
const NO_REDIS = /Unknown RESP type|Protocol error/;
const LONGEST = 200;

/** Returns whether an error is a reply of Redis that refuses a command. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === "ReplyError";
}

/** Returns whether an error means a lost connection; the client reconnects if it was open before. */
export function isLost(error: Error): boolean {
  return "code" in error || error.message === "Connection is closed.";
}

/**
 * Returns the error to throw when Redis failed: an {@link InputError} without credentials and without the library's
 * error. Any other error is returned unchanged.
 */
export function refusal(error: unknown, address: RedisAddress): unknown {
  if (!(error instanceof Error) || error instanceof InputError || error.name === "NotCapable") return error;
  const message = redisMessage(error, address);
  const fail = (what: string) => new InputError(`Cannot ${what}, found ${message}`);
  if (isRefusal(error)) {
    const [, must = "it must accept the commands"] = ADVICE.find(([begins]) => begins.test(error.message)) ??
      [];
    return fail(`use Redis at ${address.name}: ${must}`);
  }
  if (!isLost(error) && !NO_REDIS.test(error.message)) return error;
  return fail(`reach Redis at ${address.name}: --redis or SEEDBED_REDIS_URL must name one that answers`);
}

/** Returns the message of an error in one line, shortened and without credentials. */
export function redisMessage(error: Error, address: RedisAddress): string {
  // Names of BullMQ's scripts mean nothing to the user.
  const line = error.message.replace(/\s+/g, " ").replace(/ script: [0-9a-f]+, on @user_script.*$/, "");
  const message = withoutCredentials(line, address).replace(/\.$/, "");
  // The rest of these messages names the user, or only repeats that the password is wrong.
  const [shown] = /^(WRONGPASS|NOAUTH)/.exec(message) ?? [message];
  return shown.length <= LONGEST ? shown : `${shown.slice(0, LONGEST - 3)}...`;
}
