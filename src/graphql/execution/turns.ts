import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
} from "graphql";
import type { GraphQLField, GraphQLFieldResolver, GraphQLSchema } from "graphql";

/** Entries that are completed in one turn of the event loop: some milliseconds of work. */
const ENTRIES_A_TURN = 50;

/**
 * One request's turns of the event loop. GraphQL completes a list, and all lists in it, in one go, which for thousands of
 * entries would keep everybody else waiting; here they take turns with what else there is to do.
 */
export class Turns {
  #left = ENTRIES_A_TURN;
  #isScheduled = false;
  readonly #waiting: (() => void)[] = [];

  /** Entries of a list, those that are too many for this turn as promises for later ones. */
  spread<T>(entries: readonly T[]): readonly (T | Promise<T>)[] {
    if (entries.length <= this.#left && this.#waiting.length === 0) {
      this.#take(entries.length);
      return entries;
    }
    let turn = Promise.resolve();
    return entries.map((entry, at) => {
      if (at % ENTRIES_A_TURN === 0) turn = new Promise((resolve) => this.#wait(resolve));
      return turn.then(() => entry);
    });
  }

  #take(entries: number): void {
    this.#left -= entries;
    this.#schedule();
  }

  #wait(resolve: () => void): void {
    this.#waiting.push(resolve);
    this.#schedule();
  }

  /** Resolves in a turn of its own: what is done after that holds up nobody else. */
  own(): Promise<void> {
    return new Promise((resolve) => this.#wait(resolve));
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#isScheduled = false;
    this.#left = ENTRIES_A_TURN;
    this.#waiting.shift()?.();
    if (this.#waiting.length > 0) this.#schedule();
  }
}

interface Turning {
  readonly turns: Turns;
}

/** Makes every list of objects take turns; see `Turns`. */
export function takeTurns(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields()))
      if (isListOfObjects(field)) field.resolve = inTurns(field.resolve);
  }
}

const isListOfObjects = ({ type }: GraphQLField<unknown, unknown>): boolean =>
  isListType(getNullableType(type)) && isCompositeType(getNamedType(type));

function inTurns(resolve: GraphQLFieldResolver<unknown, Turning> = defaultFieldResolver): typeof resolve {
  return (source, args, context, info) => {
    const entries: unknown = resolve(source, args, context, info);
    const spread = (list: unknown) => (Array.isArray(list) ? context.turns.spread(list) : list);
    return entries instanceof Promise ? entries.then(spread) : spread(entries);
  };
}
