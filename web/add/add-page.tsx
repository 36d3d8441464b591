import { takesPictures } from "../parts/takes-pictures";
import { usePlace } from "../place/use-place";
import { texts } from "../texts";
import { AddForm } from "./add-form";
import { IngestionPanel } from "./ingestion-panel";
import { RecentIngestions } from "./recent-ingestions";

/** Adding texts and pictures, how far it is, and what was added lately. */
export function AddPage() {
  const { place } = usePlace();
  return (
    <>
      <h1>{takesPictures ? texts.add.title : texts.add.titleOfTexts}</h1>
      <AddForm takesPictures={takesPictures} />
      {place.ingestionId !== null && <IngestionPanel key={place.ingestionId} id={place.ingestionId} />}
      <RecentIngestions />
    </>
  );
}
