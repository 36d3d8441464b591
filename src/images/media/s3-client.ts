import { createHash } from "node:crypto";
import type { S3, S3ClientConfig } from "@aws-sdk/client-s3";
import { AppError } from "../../errors";
import type { S3Address } from "./s3-address";

/** Who we are to the bucket; without keys it is who the SDK finds by itself. */
export interface S3Keys {
  readonly accessKeyId: string | null;
  readonly secretAccessKey: string | null;
  readonly sessionToken: string | null;
}

export interface S3Options extends S3Address, S3Keys {
  readonly timeoutMs: number;
}

const MAX_ATTEMPTS = 3;
const MAX_CONNECTION_TIMEOUT_MS = 5_000;
/** What servers of their own take when nobody told them a region. */
const ANY_REGION = "us-east-1";

/** A client whose bucket is there. Throws INVALID_CONFIGURATION with the cure, or STORE_UNAVAILABLE when nobody answers. */
export async function connectS3(options: S3Options): Promise<S3> {
  // Loaded only here: 60 MB of memory that a folder does not need.
  const sdk = await import("@aws-sdk/client-s3");
  const client = new sdk.S3(clientConfig(options));
  useContentMd5(client);
  try {
    await client.headBucket(
      { Bucket: options.bucket },
      { abortSignal: AbortSignal.timeout(Math.max(options.timeoutMs, 1)) },
    );
  } catch (cause) {
    client.destroy();
    throw startFault(cause);
  }
  return client;
}

function clientConfig({ endpoint, region, timeoutMs, ...keys }: S3Options): S3ClientConfig {
  const foundRegion = region ?? (endpoint === null ? null : ANY_REGION);
  return {
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    ...(foundRegion === null ? {} : { region: foundRegion }),
    ...credentialsOf(keys),
    // S3-compatible servers do not know the newest checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: Math.min(timeoutMs, MAX_CONNECTION_TIMEOUT_MS),
      // Between two pieces of a body; the call as a whole is bounded by who makes it.
      socketTimeout: timeoutMs,
    },
  };
}

function credentialsOf({ accessKeyId, secretAccessKey, sessionToken }: S3Keys): Pick<S3ClientConfig, "credentials"> {
  if (accessKeyId === null && secretAccessKey === null) return {};
  if (accessKeyId === null || secretAccessKey === null) {
    throw new AppError("INVALID_CONFIGURATION", "Set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither.");
  }
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === null ? {} : { sessionToken }) } };
}

/** Deleting many files at once needs a checksum; the one that every server knows is the oldest. */
function useContentMd5(client: S3): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        const request = args.request as { headers: Record<string, string>; body?: unknown };
        if (commandName === "DeleteObjectsCommand" && typeof request.body === "string") {
          for (const name of Object.keys(request.headers)) {
            if (/^x-amz-(checksum|sdk-checksum)-/i.test(name)) delete request.headers[name];
          }
          request.headers["content-md5"] = createHash("md5").update(request.body).digest("base64");
        }
        return next(args);
      },
    { step: "build", priority: "low", name: "contentMd5" },
  );
}

function startFault(cause: unknown): AppError {
  const { name, $metadata } = cause as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  const wrong = (message: string) => new AppError("INVALID_CONFIGURATION", message, { cause });
  if (status === 404) return wrong("The bucket that MEDIA_URI names does not exist. Create it, or name another.");
  if (status === 403 || status === 401 || name === "CredentialsProviderError") {
    return wrong(
      "The bucket that MEDIA_URI names may not be used. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a user who may " +
        "list it and read, write and delete what is in it.",
    );
  }
  if (status === 301 || status === 400) {
    return wrong("The bucket that MEDIA_URI names is in another region. Add ?region=… to MEDIA_URI.");
  }
  return new AppError(
    "STORE_UNAVAILABLE",
    "The media store that MEDIA_URI names does not answer. Start it, or correct the endpoint.",
    { cause },
  );
}
