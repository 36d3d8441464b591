import { useState } from "react";
import { useQuery } from "urql";
import { FailuresDocument } from "../generated/operations";
import { texts } from "../texts";

const PAGE_SIZE = 20;
const said = texts.ingestion;

/** The items of an ingestion that are not stored, and why. */
export function Failures({ id }: { readonly id: string }) {
  const [after, setAfter] = useState<string | null>(null);
  const variables = { id, first: PAGE_SIZE, after };
  const [{ data, fetching }] = useQuery({ query: FailuresDocument, variables, requestPolicy: "cache-and-network" });
  const items = data?.ingestion?.items;
  if (!items) return null;
  return (
    <div className="failures">
      <h2>{said.failures}</h2>
      <ul>
        {items.nodes.map(({ index, line, key, outcome }) => (
          <li key={index}>
            <strong>{said.item(index, line, key)}</strong>
            {outcome?.__typename === "IngestFailure" && (
              <>
                <code>{outcome.code}</code> {outcome.message}
              </>
            )}
          </li>
        ))}
      </ul>
      {items.pageInfo.hasNextPage && (
        <button type="button" disabled={fetching} onClick={() => setAfter(items.pageInfo.endCursor)}>
          {said.more}
        </button>
      )}
    </div>
  );
}
