import { isDeepStrictEqual } from "node:util";
import { ofSdk } from "./of-sdk";

type FromJson = (messages: object, options?: object) => object;
type ToDescriptor = (edition?: string) => object;
type Described = { readonly prototype: { toDescriptor: ToDescriptor } };

/**
 * The SDK builds Milvus's messages and services from their JSON anew for each client, the services twice: a tenth of a second
 * of a processor each time. From here on they are built once in a process, without the descriptors with which a server tells
 * clients of itself, which take as long again. What is built is only ever read.
 */
export function buildMessagesOnce(): void {
  const protobuf = ofSdk("protobufjs") as {
    Root: Described & { fromJSON: FromJson };
    Type: Described;
    Enum: Described;
  };
  const loader = ofSdk("@grpc/proto-loader") as { fromJSON: FromJson };
  const described = [protobuf.Root, protobuf.Type, protobuf.Enum];
  const { fromJSON } = loader;
  loader.fromJSON = (messages, options) => withoutDescriptors(described, () => fromJSON(messages, options));
  for (const builder of [protobuf.Root, loader]) builder.fromJSON = once(builder.fromJSON);
}

/** What stands for the descriptor of anything: of no file, and with nothing in it. */
const NOTHING = { file: [], $type: { toObject: () => ({}) } };

function withoutDescriptors<T>(described: readonly Described[], work: () => T): T {
  const given = described.map(({ prototype }) => prototype.toDescriptor);
  for (const { prototype } of described) prototype.toDescriptor = () => NOTHING;
  try {
    return work();
  } finally {
    described.forEach(({ prototype }, i) => (prototype.toDescriptor = given[i]!));
  }
}

function once(fromJson: FromJson): FromJson {
  const built: { messages: object; options: object | undefined; result: object }[] = [];
  return (messages, options) => {
    const same = built.find((one) => one.messages === messages && isDeepStrictEqual(one.options, options));
    if (same !== undefined) return same.result;
    const result = fromJson(messages, options);
    built.push({ messages, options, result });
    return result;
  };
}
