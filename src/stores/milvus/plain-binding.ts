import { AsyncResource } from "node:async_hooks";

/**
 * Up to version 24, Node gives each function that it binds to an asynchronous context a deprecated property (DEP0172) with accessors
 * whose prototypes were changed. There is one with each HTTP/2 request, so with each call of Milvus, and V8 keeps them, with all
 * that hangs on the call, until its next major collection (nodejs/node#59195). Once this module is loaded, functions are bound
 * without that property, as later versions do it.
 */
const isAffected = "asyncResource" in new AsyncResource("probe").bind(() => {});

type Bindable = (this: unknown, ...args: unknown[]) => unknown;

function bind(this: AsyncResource, fn: Bindable, thisArg?: unknown): Bindable {
  const run = this.runInAsyncScope.bind(this, fn) as Bindable;
  return function (...args) {
    return run(thisArg === undefined ? this : thisArg, ...args);
  };
}

if (isAffected) AsyncResource.prototype.bind = bind as typeof AsyncResource.prototype.bind;
