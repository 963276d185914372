/** A thread's permissions, none of which is given; spread it, and name those that are. */
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
