import { useQuery } from "urql";
import { CollectionDocument } from "../generated/operations";

/** Whether the server's model takes pictures; one that has not answered yet most likely does. */
export function useTakesPictures(): boolean {
  const [{ data }] = useQuery({ query: CollectionDocument });
  return data?.collection.modalities.includes("IMAGE") ?? true;
}
