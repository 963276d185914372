/** Returns whether a path is that of a module of TypeScript or JavaScript, by its ending. */
export function isModulePath(path: string): boolean {
  return /\.[mc]?[jt]sx?$/.test(path);
}
