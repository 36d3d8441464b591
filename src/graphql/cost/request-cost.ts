import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import { getComplexity, type ComplexityEstimator, type ComplexityEstimatorArgs } from "graphql-query-complexity";
import { AppError } from "../../errors";
import type { Limits } from "../../documents/limits";
import { present } from "../null-is-absent";
import { COST } from "./costs";

/** A field's share of a request's cost, with everything that is asked for in it. */
export interface CostPart {
  /** From the root: "documents.nodes.nearDuplicates". */
  readonly path: string;
  readonly cost: number;
}

export interface RequestCost {
  /** In points; see costs.ts. */
  readonly total: number;
  readonly budget: number;
  /** The costliest fields, the costliest first. */
  readonly parts: readonly CostPart[];
}

export interface CostedRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Record<string, unknown>;
}

/** What one field costs, and how often what is in it is counted. */
interface Counted {
  readonly cost: number;
  readonly times: number;
}

const INTROSPECTED_FIELD = 0.08;
/** About how many entries lists of the schema have, where it is asked about itself. */
const INTROSPECTED_ENTRIES: Readonly<Record<string, number>> = { types: 100, fields: 5, directives: 5 };
const MAX_NODES = 5_000;
const SHOWN_PARTS = 10;

/**
 * What a valid operation costs at most, by what its fields declare. Throws COST_EXCEEDED for one too large to count, a
 * GraphQLError for variables that do not fit.
 */
export function requestCost(request: CostedRequest, limits: Limits): RequestCost {
  checkVariables(request);
  const { schema, document, operationName, variables } = request;
  const counted = new Map<FieldNode, Counted>();
  const estimator: ComplexityEstimator = (asked) => {
    const cost = fieldCost(asked);
    const times = fieldCost({ ...asked, childComplexity: asked.childComplexity + 1 }) - cost;
    counted.set(asked.node, { cost, times });
    return cost;
  };
  try {
    const total = getComplexity({
      schema,
      query: document,
      ...(operationName === null ? {} : { operationName }),
      variables,
      estimators: [estimator],
      context: { limits },
      maxQueryNodes: MAX_NODES,
    });
    const parts = partsOf(document, operationName, counted);
    return { total: rounded(total), budget: limits.maxRequestCost, parts };
  } catch (error) {
    if (!(error instanceof GraphQLError) || !error.message.includes("maximum allowed number of nodes")) throw error;
    throw new AppError(
      "COST_EXCEEDED",
      `This request asks for more than ${MAX_NODES} fields, each fragment counted where it is spread. Ask for less at once.`,
    );
  }
}

/** The package would make an error for each of a million entries that do not fit, which takes minutes; the first is enough. */
function checkVariables({ schema, document, operationName, variables }: CostedRequest): void {
  const defined = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const { errors } = getVariableValues(schema, defined, variables, { maxErrors: 1 });
  if (errors !== undefined) throw errors[0]!;
}

/** By its own declaration; what declares nothing costs a field and what is in it. */
function fieldCost(asked: ComplexityEstimatorArgs): number {
  const declared = asked.field.extensions["complexity"];
  if (typeof declared === "number") return declared + asked.childComplexity;
  if (asked.type.name.startsWith("__")) return introspectionCost(asked);
  if (typeof declared !== "function") return COST.field + asked.childComplexity;
  return (declared as ComplexityEstimator)({ ...asked, args: present(asked.field.args, asked.args) }) as number;
}

const introspectionCost = ({ field, childComplexity }: ComplexityEstimatorArgs): number =>
  INTROSPECTED_FIELD + (INTROSPECTED_ENTRIES[field.name] ?? 1) * childComplexity;

/** Top down, since what is in a list counts as often as the list has entries. */
function partsOf(document: DocumentNode, operationName: string | null, counted: Map<FieldNode, Counted>): CostPart[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const costs = new Map<string, number>();
  const visit = ({ selections }: SelectionSetNode, path: string, times: number): void => {
    for (const one of selections) {
      const inner = one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value) : one;
      if (inner === undefined) continue;
      if (inner.kind !== Kind.FIELD) {
        visit(inner.selectionSet, path, times);
        continue;
      }
      const found = counted.get(inner);
      if (found === undefined) continue;
      const here = path === "" ? nameOf(inner) : `${path}.${nameOf(inner)}`;
      costs.set(here, (costs.get(here) ?? 0) + times * found.cost);
      if (inner.selectionSet) visit(inner.selectionSet, here, times * found.times);
    }
  };
  for (const one of document.definitions) {
    if (one.kind !== Kind.OPERATION_DEFINITION) continue;
    if (operationName === null || one.name?.value === operationName) visit(one.selectionSet, "", 1);
  }
  return [...costs]
    .map(([path, cost]) => ({ path, cost: rounded(cost) }))
    .sort((a, b) => b.cost - a.cost)
    .slice(0, SHOWN_PARTS);
}

const nameOf = ({ alias, name }: FieldNode): string => (alias ? `${alias.value}: ${name.value}` : name.value);

const rounded = (cost: number): number => Math.round(cost * 10) / 10;
