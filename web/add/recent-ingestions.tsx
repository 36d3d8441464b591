import { useQuery } from "urql";
import { IngestionsDocument } from "../generated/operations";
import { usePlace } from "../place/use-place";
import { texts } from "../texts";

/** What was added lately; each can be looked at again. */
export function RecentIngestions() {
  const { place, go } = usePlace();
  const [{ data }] = useQuery({ query: IngestionsDocument, requestPolicy: "cache-and-network" });
  const recent = data?.ingestions ?? [];
  return (
    <section className="recent">
      <h2>{texts.add.recent}</h2>
      {data && recent.length === 0 && <p className="faint">{texts.add.noneYet}</p>}
      <ul>
        {recent.map(({ id, state, total, pending, createdAt }) => (
          <li key={id}>
            <button
              type="button"
              className="recent-one"
              aria-current={id === place.ingestionId ? "true" : undefined}
              onClick={() => go({ ingestionId: id })}
            >
              <span>{texts.ingestion.states[state]}</span>
              <span className="faint">{texts.ingestion.of(total - pending, total)}</span>
              <time className="faint" dateTime={createdAt}>
                {new Date(createdAt).toLocaleString()}
              </time>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
