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

/** The environment for a child: the allowed part of ours, so that secrets stay here, and what is given. */
export function childEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const ours = ALLOWED.flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(ours), ...extra };
}
