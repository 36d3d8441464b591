import { lazy, Suspense, type CSSProperties } from "react";
import { useQuery } from "urql";
import { CollectionDocument, type CollectionQuery } from "../generated/operations";
import { ExploreLinks } from "../explore-links";
import { FaultNotice } from "../hits/fault-notice";
import { texts } from "../texts";

const said = texts.collection;
/** Its map needs more script than the rest of the page. */
const GapSection = lazy(async () => ({ default: (await import("./gap-section")).GapSection }));

/** What is served: how many texts and pictures, and by which model. */
export function CollectionPage() {
  const [{ data, error }, again] = useQuery({ query: CollectionDocument, requestPolicy: "cache-and-network" });
  return (
    <>
      <h1>{said.title}</h1>
      {error && <FaultNotice error={error} onAgain={again} />}
      {data && <Counts collection={data.collection} />}
      {data?.collection.modalities.includes("IMAGE") && (
        <Suspense>
          <GapSection />
        </Suspense>
      )}
      <h2>{texts.explore.label}</h2>
      <ExploreLinks />
    </>
  );
}

function Counts({ collection }: CollectionQuery) {
  const { name, model, dimension, texts: words, images, modalities } = collection;
  const share = (items: number) => ({ "--share": items / Math.max(1, words + images) }) as CSSProperties;
  return (
    <section className="counts">
      <p className="count" data-modality="TEXT">
        <strong>{said.number(words)}</strong> {said.texts}
      </p>
      {modalities.includes("IMAGE") && (
        <>
          <p className="count" data-modality="IMAGE">
            <strong>{said.number(images)}</strong> {said.images}
          </p>
          <div className="bar" role="img" aria-label={said.share(said.number(words), said.number(images))}>
            <i className="bar-texts" style={share(words)} />
            <i className="bar-images" style={share(images)} />
          </div>
        </>
      )}
      <dl className="facts">
        <div>
          <dt>{said.model}</dt>
          <dd>{model}</dd>
        </div>
        <div>
          <dt>{said.dimension}</dt>
          <dd>{dimension}</dd>
        </div>
        <div>
          <dt>{said.name}</dt>
          <dd>{name}</dd>
        </div>
      </dl>
    </section>
  );
}
