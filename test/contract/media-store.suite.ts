import { THUMBNAIL_WIDTHS } from "../../src/documents/thumbnail";
import type { MediaKey, MediaStore, PictureFile, PictureKey } from "../../src/ports/media-store";

export const HASH = "ab".repeat(32);
const PICTURE: PictureKey = { tenant: "default", contentHash: HASH, mediaType: "image/png" };
const MIB = 1024 * 1024;

export const picture = (given: Partial<PictureKey> = {}): MediaKey => ({ kind: "picture", ...PICTURE, ...given });
export const thumbnail = (width = 256, given: object = {}): MediaKey =>
  ({ kind: "thumbnail", picture: PICTURE, width, mediaType: "image/webp", ...given }) as MediaKey;
export const upload = (digit = "0", tenant = "default"): MediaKey => ({ kind: "upload", tenant, id: digit.repeat(32) });
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (found: Uint8Array | null): string | null => found && Buffer.from(found).toString();

export async function* piecesOf(...pieces: (Uint8Array | string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Error) throw piece;
    yield typeof piece === "string" ? bytes(piece) : piece;
  }
}

async function readAll(stream: AsyncIterable<Uint8Array> | null): Promise<Buffer | null> {
  if (stream === null) return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** What every MediaStore promises. `open` opens the same place again each time; `names` lists what is stored in it. */
export function mediaStoreContract(open: () => Promise<MediaStore>, names: () => Promise<string[]>): void {
  let store: MediaStore;
  beforeAll(async () => {
    store = await open();
  });
  beforeEach(async () => {
    await store.delete([picture(), picture({ tenant: "b" }), upload(), upload("1")]);
  });
  afterAll(() => store.close());

  it("gives back what was put, also after it was opened again", async () => {
    const keys = [picture(), thumbnail(), thumbnail(64, { mediaType: "image/avif" }), upload()];
    for (const [i, key] of keys.entries()) await store.put(key, bytes(`file ${i}`));

    const again = await open();
    expect(await Promise.all(keys.map(async (key) => textOf(await again.get(key))))).toEqual(
      keys.map((_, i) => `file ${i}`),
    );
    await again.close();
  });

  it("names files by tenant, first digits, hash and width, uploads by id", async () => {
    for (const key of [picture(), thumbnail(), upload()]) await store.put(key, bytes("x"));

    expect((await names()).toSorted()).toEqual([
      `default/ab/${HASH}.png`,
      `default/ab/${HASH}/256.webp`,
      `default/uploads/${"0".repeat(32)}`,
    ]);
  });

  it("has nothing for keys that differ in any part", async () => {
    for (const key of [picture(), thumbnail(), upload()]) await store.put(key, bytes("x"));

    const others = [
      picture({ tenant: "b" }),
      picture({ contentHash: "cd".repeat(32) }),
      picture({ mediaType: "image/jpeg" }),
      thumbnail(128),
      thumbnail(256, { mediaType: "image/avif" }),
      upload("1"),
      upload("0", "b"),
    ];
    for (const key of others) {
      expect(await store.get(key)).toBeNull();
      expect(await store.getStream(key)).toBeNull();
    }
  });

  it("leaves what is stored as it is when it is put again", async () => {
    await store.put(picture(), bytes("first"));
    await store.put(picture(), bytes("second"));

    expect(textOf(await store.get(picture()))).toBe("first");
  });

  it("tells whether a file is there", async () => {
    await store.put(picture(), bytes("x"));

    expect(
      await Promise.all([picture(), picture({ tenant: "b" }), thumbnail(), upload()].map((key) => store.has(key))),
    ).toEqual([true, false, false, false]);
  });

  it("lists the files of a tenant's pictures, and no other's, no uploads", async () => {
    const others = [picture({ tenant: "b" }), upload()];
    for (const key of [picture(), thumbnail(), ...others]) await store.put(key, bytes("x"));
    const listed: PictureFile[] = [];
    for await (const file of store.pictureFiles("default")) listed.push(file);

    expect(listed.map(({ contentHash, mediaType }) => [contentHash, mediaType ?? "thumbnail"]).toSorted()).toEqual([
      [HASH, "image/png"],
      [HASH, "thumbnail"],
    ]);
    expect(Math.abs(listed[0]!.storedAt.getTime() - Date.now())).toBeLessThan(60_000);
    for await (const one of store.pictureFiles("nobody")) throw new Error(one.contentHash);
  });

  it("takes the same file from many callers at once", async () => {
    await Promise.all(Array.from({ length: 20 }, () => store.put(picture(), bytes("picture"))));

    expect(textOf(await store.get(picture()))).toBe("picture");
    expect(await names()).toHaveLength(1);
  });

  it.each([
    ["no bytes", []],
    ["empty pieces", ["", "a", "", "b", ""]],
    ["pieces that fill parts exactly", [Buffer.alloc(8 * MIB, 1), Buffer.alloc(8 * MIB, 2)]],
    ["pieces that straddle parts", Array.from({ length: 7 }, (_, i) => Buffer.alloc(3 * MIB + i, i))],
    ["one piece of several parts", [Buffer.alloc(17 * MIB + 1, 7)]],
  ])("takes and gives a stream of %s", async (_what, pieces) => {
    await store.putStream(upload(), piecesOf(...pieces));

    const whole = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
    expect((await readAll(await store.getStream(upload())))!.equals(whole)).toBe(true);
    expect(Buffer.from((await store.get(upload()))!).equals(whole)).toBe(true);
  });

  it("puts a stream in the place of an earlier one", async () => {
    await store.putStream(upload(), piecesOf("first"));
    await store.putStream(upload(), piecesOf("second"));

    expect(textOf(await store.get(upload()))).toBe("second");
  });

  it.each([
    ["at once", []],
    ["after the first piece", ["a"]],
    ["after several parts", [Buffer.alloc(9 * MIB), Buffer.alloc(9 * MIB)]],
  ])("keeps nothing, and throws the source's own error, when a source fails %s", async (_when, pieces) => {
    const fault = new Error("the sender is gone");

    await expect(store.putStream(upload(), piecesOf(...pieces, fault))).rejects.toBe(fault);
    expect(await store.get(upload())).toBeNull();
    expect(await names()).toEqual([]);
  });

  it("keeps an earlier file when the stream for its place fails", async () => {
    await store.putStream(upload(), piecesOf("first"));
    await store
      .putStream(upload(), piecesOf(Buffer.alloc(9 * MIB), Buffer.alloc(9 * MIB), new Error("no")))
      .catch(() => 0);

    expect(textOf(await store.get(upload()))).toBe("first");
  });

  it("deletes a picture with every thumbnail, and minds nothing that is not there", async () => {
    const types = ["image/webp", "image/avif", "image/jpeg"];
    const thumbnails = types.flatMap((mediaType) => THUMBNAIL_WIDTHS.map((width) => thumbnail(width, { mediaType })));
    const kept = [picture({ tenant: "b" }), upload()];
    for (const key of [picture(), ...thumbnails, ...kept]) await store.put(key, bytes("x"));
    await store.delete([picture(), upload("1"), picture({ contentHash: "cd".repeat(32) })]);

    expect(await names()).toHaveLength(kept.length);
    for (const key of kept) expect(textOf(await store.get(key))).toBe("x");
  });

  it("deletes single thumbnails and uploads", async () => {
    for (const key of [picture(), thumbnail(), thumbnail(64), upload()]) await store.put(key, bytes("x"));
    await store.delete([thumbnail(), upload()]);

    expect(await Promise.all([thumbnail(), upload()].map((key) => store.get(key)))).toEqual([null, null]);
    expect(await Promise.all([picture(), thumbnail(64)].map(async (key) => textOf(await store.get(key))))).toEqual([
      "x",
      "x",
    ]);
  });

  it("deletes more files in one call than a bucket takes at once", async () => {
    const key = (i: number) => upload(`${i % 10}`, `tenant_${Math.floor(i / 10)}`);
    const keys = Array.from({ length: 1_005 }, (_, i) => key(i));
    await store.put(keys[0]!, bytes("x"));
    await store.put(keys.at(-1)!, bytes("x"));
    await store.delete(keys);

    expect(await names()).toEqual([]);
  });

  it.each([
    ["a tenant that climbs", picture({ tenant: "../../etc" })],
    ["a tenant with a dot", picture({ tenant: "." })],
    ["an empty tenant", picture({ tenant: "" })],
    ["a long tenant", picture({ tenant: "a".repeat(65) })],
    ["a hash that is none", picture({ contentHash: "../passwd" })],
    ["a hash in capitals", picture({ contentHash: "AB".repeat(32) })],
    ["a hash with a line feed", picture({ contentHash: `${HASH}\n` })],
    ["a media type that is not kept", picture({ mediaType: "image/svg+xml" })],
    ["a media type that is an object's own word", picture({ mediaType: "constructor" })],
    ["a width that is none of ours", thumbnail(257)],
    ["a width that is not a number", thumbnail("../256" as unknown as number)],
    ["a thumbnail of a picture that climbs", thumbnail(256, { picture: { ...PICTURE, tenant: ".." } })],
    ["an upload of a tenant that climbs", upload("0", "..")],
    ["an upload's id that is none", upload("../x")],
  ])("makes no name of %s", async (_what, key) => {
    const fault = { code: "INTERNAL_SERVER_ERROR" };
    await expect(store.put(key, bytes("x"))).rejects.toMatchObject(fault);
    await expect(store.putStream(key, piecesOf("x"))).rejects.toMatchObject(fault);
    await expect(store.get(key)).rejects.toMatchObject(fault);
    await expect(store.getStream(key)).rejects.toMatchObject(fault);
    await expect(store.delete([key])).rejects.toMatchObject(fault);
    expect(await names()).toEqual([]);
  });
}
