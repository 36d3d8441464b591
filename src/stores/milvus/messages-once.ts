import { isDeepStrictEqual } from "node:util";
import { ofSdk } from "./of-sdk";

type FromJson = (messages: object, options?: object) => object;

/**
 * The SDK builds Milvus's messages and services from their JSON anew for each client, the services twice: a tenth of a second
 * of a processor each time. From here on they are built once in a process. What is built is only ever read.
 */
export function buildMessagesOnce(): void {
  const { Root } = ofSdk("protobufjs") as { Root: { fromJSON: FromJson } };
  const loader = ofSdk("@grpc/proto-loader") as { fromJSON: FromJson };
  for (const builder of [Root, loader]) builder.fromJSON = once(builder.fromJSON);
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
