/** Returns bytes as whole megabytes, rounded up: `91 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
