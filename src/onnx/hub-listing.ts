import { AppError } from "../errors";
import { type Hub, reasonOf } from "./hub";

/** One file of a model, as the hub lists it. */
export interface HubFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Known for the large files (Git LFS). */
  readonly sha256?: string;
}

export interface HubListing {
  /** The commit that the revision stood for. */
  readonly sha: string;
  readonly files: readonly HubFile[];
}

/** How errors name the settings that chose a model. */
export interface HubWords {
  /** "MODEL", of MODEL and MODEL_REVISION. */
  readonly setting: string;
  /** What to set instead where the hub cannot be reached; follows "Either set". */
  readonly otherwise: string;
}

/** What is looked for on the hub. */
export interface HubQuery {
  readonly model: string;
  readonly revision: string;
  readonly words: HubWords;
}

/** Asks the hub which commit a revision is and what files it has. */
export async function listHubModel(hub: Hub, query: HubQuery): Promise<HubListing> {
  const { model, revision } = query;
  const ask = (path: string) => askHub(hub, query, `api/models/${model}/${path}`);
  const { sha } = (await ask(`revision/${encodeURIComponent(revision)}`)) as { sha?: unknown };
  // It becomes the name of a folder.
  if (typeof sha !== "string" || !/^[0-9a-f]{7,64}$/.test(sha)) throw notAHub(hub);
  const tree = await ask(`tree/${sha}?recursive=true`);
  if (!Array.isArray(tree)) throw notAHub(hub);
  return { sha, files: tree.filter((entry) => entry?.type === "file").map((entry) => hubFile(hub, model, entry)) };
}

/** The error of a hub that did not answer, with the ways out. */
export function hubUnreachable(hub: Hub, { model, words }: HubQuery, reason: string, cause: unknown): AppError {
  return new AppError(
    "MODEL_UNAVAILABLE",
    `The model ${model} is not in the cache and the hub (${hub.url}) could not be reached: ${reason}. Either ` +
      `set ${words.otherwise} or ${words.setting}=/path/to/a/folder that holds the model's files.`,
    { cause },
  );
}

async function askHub(hub: Hub, query: HubQuery, path: string): Promise<unknown> {
  const { model, revision, words } = query;
  try {
    return await hub.retry(async () => {
      const response = await hub.get(path);
      if (response.ok) return response.json();
      await response.body?.cancel();
      throw new AppError(
        "INVALID_MODEL",
        `The hub (${hub.url}) has no public model "${model}" with a revision "${revision}" (HTTP ${response.status}): ` +
          `check ${words.setting} and ${words.setting}_REVISION.`,
      );
    });
  } catch (error) {
    throw error instanceof AppError ? error : hubUnreachable(hub, query, reasonOf(error), error);
  }
}

function hubFile(hub: Hub, model: string, entry: { path?: unknown; size?: unknown; lfs?: { oid?: unknown } }): HubFile {
  const { path, size, lfs } = entry;
  if (typeof path !== "string" || !Number.isSafeInteger(size) || Number(size) < 0) throw notAHub(hub);
  if (!isInside(path)) {
    throw new AppError(
      "INVALID_MODEL",
      `The hub (${hub.url}) lists a file outside of the model ${model}: ${JSON.stringify(path)}.`,
    );
  }
  return { path, sizeBytes: Number(size), ...(typeof lfs?.oid === "string" ? { sha256: lfs.oid } : {}) };
}

function isInside(path: string): boolean {
  return !/[\\\0:]/.test(path) && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

function notAHub(hub: Hub): AppError {
  return new AppError("MODEL_UNAVAILABLE", `What answers at ${hub.url} is not a model hub: check MODEL_HUB_URL.`);
}
