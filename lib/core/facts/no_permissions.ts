/** Permissions of a thread that has none; spread it and override those that it needs. */
export const NO_PERMISSIONS = {
  env: false,
  ffi: false,
  import: false,
  net: false,
  read: false,
  run: false,
  sys: false,
  write: false,
} as const;
