/** Returns whether the value of the environment variable CI says that this is a job of a server. */
export function isCi(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false"].includes(value.toLowerCase());
}
