import { basename, resolve } from "node:path";

/** Where a model's files are: in a folder of this machine, or under "owner/name" on the hub. */
export type ModelPlace =
  { readonly kind: "folder"; readonly name: string; readonly folder: string } | { readonly kind: "hub" };

const FOLDER_PATH = /^(\.{0,2}[\\/]|[A-Za-z]:[\\/])/;
const HUB_ID = /^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95}$/;
const HUB_REVISION = /^[A-Za-z0-9][\w./-]{0,199}$/;

/** What an operator's name of a model stands for; null: neither. */
export function placeOf(model: string): ModelPlace | null {
  if (FOLDER_PATH.test(model)) return { kind: "folder", name: basename(resolve(model)), folder: resolve(model) };
  return isHubId(model) ? { kind: "hub" } : null;
}

/** Whether it can be a branch, tag or commit. */
export const isRevision = (revision: string): boolean => HUB_REVISION.test(revision) && !revision.includes("..");

function isHubId(model: string): boolean {
  return HUB_ID.test(model) && !model.includes("..") && !model.includes("--");
}
