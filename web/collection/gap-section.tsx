import { useQuery } from "urql";
import { ModalityGapDocument } from "../generated/operations";
import { texts } from "../texts";
import { ModalityGap } from "./modality-gap";
import "../style/collection.css";

/** The gap as it is measured now; a collection with few documents of a kind has none. Loaded when it is looked at. */
export function GapSection() {
  const [{ data, fetching, error }] = useQuery({ query: ModalityGapDocument, requestPolicy: "cache-and-network" });
  const gap = data?.collection.modalityGap;
  if (gap) return <ModalityGap gap={gap} />;
  if (error) return null;
  return <p className="faint">{fetching || !data ? texts.gap.measuring : texts.gap.tooFew}</p>;
}
