/** What a child may know of our environment: where things are, language, certificates, memory and thread tuning. */
const ALLOWED = [
  "PATH",
  "HOME",
  "TMPDIR",
  "LANG",
  "LC_ALL",
  "LD_LIBRARY_PATH",
  "LD_PRELOAD",
  "MALLOC_ARENA_MAX",
  "OMP_NUM_THREADS",
  "UV_THREADPOOL_SIZE",
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
];

/** What one that installs Python packages may know besides: which Python, where packages come from, by which proxy. */
const INSTALLS = /^(PYTHON|PIP_\w+|XDG_\w+|REQUESTS_CA_BUNDLE|(HTTPS?|ALL|NO)_PROXY)$/i;

/** The environment for a child: the allowed part of ours, so that secrets stay here, and what is given. */
export const childEnvironment = (extra: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  ...ours((name) => ALLOWED.includes(name)),
  ...extra,
});

/** The environment for a child that installs packages. */
export const installerEnvironment = (): Record<string, string> =>
  ours((name) => ALLOWED.includes(name) || INSTALLS.test(name));

const ours = (isAllowed: (name: string) => boolean): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => isAllowed(entry[0]) && entry[1] !== undefined,
    ),
  );
