import { buildMessagesOnce } from "../../../../src/stores/milvus/messages-once";
import { ofSdk } from "../../../../src/stores/milvus/of-sdk";

interface Definition {
  readonly type: object;
  readonly serialize: (value: object) => Buffer;
  readonly deserialize: (bytes: Buffer) => object;
}

const loader = ofSdk("@grpc/proto-loader") as {
  fromJSON: (messages: object, options?: object) => Record<string, Definition>;
};
const protobuf = ofSdk("protobufjs") as { Type: { prototype: { toDescriptor: unknown } } };

const MESSAGES = {
  nested: { test: { nested: { Row: { fields: { id: { type: "int32", id: 1 }, text: { type: "string", id: 2 } } } } } },
};
const ROW = { id: 7, text: "a red cat" };

const { fromJSON } = loader;
const { toDescriptor } = protobuf.Type.prototype;
const given = fromJSON(MESSAGES, { keepCase: true })["test.Row"]!;
beforeAll(() => buildMessagesOnce());
afterAll(() => (loader.fromJSON = fromJSON));

test("messages are built once for the same options", () => {
  const built = loader.fromJSON(MESSAGES, { keepCase: true });
  expect(loader.fromJSON(MESSAGES, { keepCase: true })).toBe(built);
  expect(loader.fromJSON(MESSAGES, { keepCase: false })).not.toBe(built);
});

test("they have no descriptors, and are written and read as before", () => {
  const ours = loader.fromJSON(MESSAGES, { keepCase: true })["test.Row"]!;
  expect(given.type).toMatchObject({ name: "Row" });
  expect(ours.type).toEqual({});
  expect(ours.serialize(ROW)).toEqual(given.serialize(ROW));
  expect(ours.deserialize(given.serialize(ROW))).toEqual(ROW);
});

test("who asks for a descriptor afterwards gets it", () => {
  loader.fromJSON(MESSAGES, { keepCase: true });
  expect(protobuf.Type.prototype.toDescriptor).toBe(toDescriptor);
});
