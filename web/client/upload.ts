import type { Client } from "urql";
import { CreateUploadDocument } from "../generated/operations";
import { texts } from "../texts";
import { serverUrl } from "./create-client";
import { faultOf } from "./fault";

const serverOrigin = (): string => new URL(serverUrl("")).origin;

/** Puts a file beside GraphQL; its upload id. Throws an Error whose message is fit to show. */
export async function upload(client: Client, file: Blob, mediaType: string): Promise<string> {
  const { data, error } = await client.mutation(CreateUploadDocument, { input: { mediaType, bytes: file.size } });
  if (error || !data) throw new Error(error ? faultOf(error).message : texts.faults.unreachable);
  const { id, url } = data.createUpload;
  const response = await fetch(url, { method: "PUT", headers: { "content-type": mediaType }, body: file }).catch(() => {
    const { origin } = new URL(url);
    // The server has just answered, under its other address.
    throw new Error(origin === serverOrigin() ? texts.faults.unreachable : texts.faults.uploadsElsewhere(origin));
  });
  if (response.ok) return id;
  const answer = (await response.json().catch(() => null)) as { errors?: { message: string }[] } | null;
  throw new Error(answer?.errors?.[0]?.message ?? texts.faults.unreachable);
}
