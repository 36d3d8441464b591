import { URLResolver } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { AppError } from "../../errors";
import { documentId, isDocumentId, type Document } from "../../documents/document";
import type { Filter } from "../../documents/filter";
import type { ThumbnailType } from "../../documents/thumbnail";
import { normalKey } from "../../documents/normal-form";
import type { PictureKey } from "../../ports/media-store";
import { connection } from "../connection";
import { DocumentConnection } from "../connection.type";
import type { Context } from "../context";
import { COST, each, once } from "../cost/costs";
import { readCursor } from "../cursor";
import { DocumentUnion, ImageDocument } from "./document.type";
import { exactlyOne } from "../exactly-one";
import { DocumentFilter } from "./filter.input";
import { DeleteDocumentsInput } from "../ingestion/ingest.input";
import { DeletePayload } from "../ingestion/ingest.type";
import { readDeletionFilter, readFilter } from "./read-filter";
import { ThumbnailFormatEnum } from "../scalars";
import { thumbnailWidth } from "./thumbnail-width";

const WIDTH = "Pixels, 1 to 2048; rounded up to 64, 128, 256, 384, 512, 768, 1024, 1536 or 2048.";

@Resolver(() => ImageDocument)
export class DocumentResolver {
  @Query(() => DocumentUnion, {
    nullable: true,
    description: "The document of this id; null where there is none.",
    complexity: once(COST.document),
  })
  async document(@Arg("id", () => ID) id: string, @Ctx() { lookups, tenant }: Context): Promise<Document | null> {
    return lookups.document(tenant, id);
  }

  @Query(() => DocumentUnion, {
    nullable: true,
    description: "The document of this key; null where there is none.",
    complexity: once(COST.document),
  })
  async documentByKey(
    @Arg("key", () => String) key: string,
    @Ctx() { lookups, tenant }: Context,
  ): Promise<Document | null> {
    return lookups.document(tenant, documentId(tenant, "text", normalKey(key), ""));
  }

  @Query(() => DocumentConnection, {
    description: "Stored documents, page by page.",
    complexity: each(COST.document, ({ maxFirst }) => maxFirst, COST.page),
  })
  documents(
    @Arg("where", () => DocumentFilter, { nullable: true }) where: DocumentFilter | undefined,
    @Arg("first", () => Int, { defaultValue: 20, description: "How many, at most; 1 to 1,000." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "A cursor of the same query." })
    after: string | undefined,
    @Ctx() context: Context,
  ): Promise<DocumentConnection> {
    return listDocuments(where, first, after, context);
  }

  @Mutation(() => DeletePayload, {
    description: "Deletes documents, and pictures that no other document shows.",
    complexity: once(COST.sweep),
  })
  async deleteDocuments(
    @Arg("input", () => DeleteDocumentsInput) input: DeleteDocumentsInput,
    @Ctx() { intake, limits, tenant }: Context,
  ): Promise<DeletePayload> {
    return { deleted: await intake.deleteDocuments(tenant, readDeletion(input, limits)) };
  }

  @FieldResolver(() => URLResolver, { description: "Where a browser can show the picture; served by this server." })
  url(@Root() image: PictureKey, @Ctx() { mediaUrl }: Context): string {
    return mediaUrl(image);
  }

  @FieldResolver(() => URLResolver, {
    description: "Where a browser can show the picture smaller, never larger than it is; served by this server.",
    complexity: once(COST.thumbnail),
  })
  thumbnailUrl(
    @Root() image: PictureKey,
    @Arg("width", () => Int, { defaultValue: 256, description: WIDTH }) width: number,
    @Arg("format", () => ThumbnailFormatEnum, {
      defaultValue: ThumbnailFormatEnum.WEBP,
      description: "What every browser shows, or what is smaller.",
    })
    format: ThumbnailType,
    @Ctx() { thumbnailUrl }: Context,
  ): string {
    return thumbnailUrl(image, thumbnailWidth(width), format);
  }
}

async function listDocuments(
  where: DocumentFilter | undefined,
  first: number,
  after: string | undefined,
  { store, limits, tenant }: Context,
): Promise<DocumentConnection> {
  if (first < 1 || first > limits.maxFirst) {
    throw new AppError(
      "BAD_USER_INPUT",
      `\`first\` is ${first}; it must be from 1 to ${limits.maxFirst}. Page with \`after\`.`,
    );
  }
  const filter = readFilter(where, limits.maxFilterTerms);
  const afterId = typeof after === "string" ? readCursor(where ?? null, after, isDocumentId) : null;
  const found = await store.page({ tenant, filter, afterId, limit: first + 1 });
  return connection(where ?? null, {
    nodes: found.slice(0, first),
    positionOf: ({ id }) => id,
    hasNextPage: found.length > first,
    hasPreviousPage: afterId !== null,
  }) as unknown as DocumentConnection;
}

function readDeletion(input: DeleteDocumentsInput, limits: Context["limits"]): Filter {
  exactlyOne("DeleteDocumentsInput", input);
  const names = input.ids ?? input.keys ?? [];
  if (names.length > limits.maxItemsPerCall) {
    throw new AppError(
      "TOO_MANY_ITEMS",
      `${names.length} documents are named; one call takes at most ${limits.maxItemsPerCall}.`,
    );
  }
  if (input.ids) return { kind: "id", in: input.ids };
  if (input.keys) return { kind: "key", in: input.keys.map(normalKey) };
  return readDeletionFilter(input.where, limits.maxFilterTerms);
}
