import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { UploadInput } from "./upload.input";
import { Upload } from "./upload.type";

@Resolver()
export class UploadResolver {
  @Mutation(() => Upload, {
    description: "Gives a URL to put a file at, for files that are too large to send as base64.",
  })
  async createUpload(
    @Arg("input", () => UploadInput) { mediaType, bytes, sha256 }: UploadInput,
    @Ctx() { uploads, uploadUrl, tenant }: Context,
  ): Promise<Upload> {
    const link = await uploads.create(tenant, { mediaType, bytes, sha256: sha256 ?? null });
    return { id: link.id, url: uploadUrl(link), expiresAt: link.expiresAt };
  }
}
