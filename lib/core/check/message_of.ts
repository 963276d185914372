/** Returns the message of whatever was thrown: a program may throw any value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
