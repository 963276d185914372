import { InputError } from "../../../core/check/errors.ts";
import { type RedisAddress, withoutCredentials } from "./redis_address.ts";

/** How answers of Redis begin, and what the user must change then. */
const ADVICE: readonly (readonly [begins: RegExp, must: string])[] = [
  [/^(WRONGPASS|NOAUTH)/, "--redis or SEEDBED_REDIS_URL must hold its user and password"],
  [
    /^OOM/,
    "it must have room for trials and their weights; raise maxmemory, with maxmemory-policy noeviction",
  ],
  [
    /^NOPERM|can't (run this command|access at least one)/,
    "its user must be allowed every command on keys that begin with seedbed: (ACL: ~seedbed:* &* +@all)",
  ],
  [/^(READONLY|UNBLOCKED)/, "it must be a primary that takes writes, and no replica"],
  [/^(MOVED|ASK|CROSSSLOT|CLUSTERDOWN)/, "it must be one server, and no cluster"],
  [/^LOADING/, "it must have loaded its data"],
  [/DB index is out of range/, "--redis or SEEDBED_REDIS_URL must name a database that is there"],
];

/** How the client's error begins if the server is no Redis. */
const NO_REDIS = /Unknown RESP type|Protocol error/;
const LONGEST = 200;

/** Returns whether an error is an answer of Redis by which it refuses a command. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === "ReplyError";
}

/** Returns whether an error says that the connection is lost; one that was open before mends itself. */
export function isLost(error: Error): boolean {
  return "code" in error || error.message === "Connection is closed.";
}

/**
 * Returns what to throw when Redis failed: an {@link InputError} that holds neither credentials nor the library's own
 * error. Any other error is returned as it is.
 */
export function refusal(error: unknown, address: RedisAddress): unknown {
  if (!(error instanceof Error) || error instanceof InputError || error.name === "NotCapable") return error;
  const said = whatRedisSaid(error, address);
  const fail = (what: string) => new InputError(`Cannot ${what}, found ${said}`);
  if (isRefusal(error)) {
    const [, must = "it must do what it is asked"] = ADVICE.find(([begins]) => begins.test(error.message)) ??
      [];
    return fail(`use Redis at ${address.name}: ${must}`);
  }
  if (!isLost(error) && !NO_REDIS.test(error.message)) return error;
  return fail(`reach Redis at ${address.name}: --redis or SEEDBED_REDIS_URL must name one that answers`);
}

/** Returns what an error says, in one line that is not too long and holds no credentials. */
export function whatRedisSaid(error: Error, address: RedisAddress): string {
  // The user does not know BullMQ's scripts.
  const line = error.message.replace(/\s+/g, " ").replace(/ script: [0-9a-f]+, on @user_script.*$/, "");
  const message = withoutCredentials(line, address).replace(/\.$/, "");
  // What follows these names the user, or says that the password is wrong in a sentence.
  const [said] = /^(WRONGPASS|NOAUTH)/.exec(message) ?? [message];
  return said.length <= LONGEST ? said : `${said.slice(0, LONGEST - 3)}...`;
}
