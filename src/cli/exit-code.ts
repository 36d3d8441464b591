/** How a command ends, as `--help` says. */
export const EXIT_CODE = {
  ok: 0,
  failed: 1,
  /** It ran, but some items are not stored or not written. */
  incomplete: 2,
  /** What shells report of a program that Ctrl-C ended. */
  interrupted: 130,
} as const;
