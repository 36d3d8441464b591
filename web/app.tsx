import { useReducer } from "react";
import { Provider } from "urql";
import { AddPage } from "./add/add-page";
import { IngestionWatch } from "./add/ingestion-watch";
import { createClient } from "./client/create-client";
import { CollectionPage } from "./collection/collection-page";
import { DocumentDialog } from "./hits/document-dialog";
import { PageHeader } from "./page-header";
import type { View } from "./place/place";
import { PlaceContext, useAddressPlace } from "./place/use-place";
import { SearchPage } from "./search/search-page";
import { useSlashToSearch } from "./search/use-search-field";

const PAGES: Readonly<Record<View, typeof SearchPage>> = {
  search: SearchPage,
  add: AddPage,
  collection: CollectionPage,
};

/** The whole page: one of three views, and the document that is open above it. */
export function App() {
  const control = useAddressPlace();
  const [client, renew] = useReducer(createClient, null, createClient);
  const { view, documentId, ingestionId } = control.place;
  const Page = PAGES[view];
  return (
    <PlaceContext value={control}>
      <Provider value={client}>
        <SlashKey />
        <PageHeader />
        <main id="content" className={`page page-${view}`}>
          <Page onRenew={renew} />
        </main>
        {ingestionId !== null && <IngestionWatch key={ingestionId} id={ingestionId} />}
        {documentId !== null && <DocumentDialog key={documentId} id={documentId} />}
      </Provider>
    </PlaceContext>
  );
}

/** Within the place that it changes. */
function SlashKey() {
  useSlashToSearch();
  return null;
}
