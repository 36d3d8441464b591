import Module, { createRequire } from "node:module";

/** Loads what a package itself depends on: the very modules that it uses. */
export const ofPackage = (name: string): NodeJS.Require => createRequire(createRequire(__filename).resolve(name));

/**
 * From here on what `load` gives for a package is a stand-in that loads it when something of it is used: for packages that others
 * load with themselves and that nothing here asks of them. A start goes without them.
 */
export function loadWhenUsed(load: NodeJS.Require, name: string): void {
  const path = load.resolve(name);
  if (load.cache[path] !== undefined) return;
  const standIn = new Module(path);
  const real = (): object => {
    if (load.cache[path] === standIn) delete load.cache[path];
    return load(path) as object;
  };
  standIn.loaded = true;
  standIn.exports = new Proxy(() => undefined, {
    get: (_, property) => Reflect.get(real(), property),
    apply: (_, self, given: unknown[]) => Reflect.apply(real() as () => unknown, self, given),
  });
  load.cache[path] = standIn;
}
