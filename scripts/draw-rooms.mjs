// Prints the rooms of src/ as a Mermaid flowchart: an arrow for each room that imports another, but for those that a longer way
// says already. docs/architecture.md shows it. Part of `npm run generate`.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rootFolder } from "./setup/folders.mjs";

const src = join(rootFolder, "src");
/** What every room imports. */
const EVERYWHERE = ["errors", "error-codes", "log", "in-parallel", "when-used"];

const roomOf = (path) => path.split("/")[0].replace(/\.(ts|js)$/, "");

function arrowsOf(file) {
  const text = readFileSync(join(src, file), "utf8");
  const names = [...text.matchAll(/(?:from |import |import\()"(\.[^"]+)"/g)].map(([, name]) => name);
  return names.map((name) => roomOf(relative(src, join(src, dirname(file), name))));
}

/** Rooms by name, with the rooms that each imports. */
function roomsOf(files) {
  const rooms = new Map();
  for (const file of files) {
    const room = roomOf(file);
    if (EVERYWHERE.includes(room)) continue;
    const others = arrowsOf(file).filter((other) => other !== room && !EVERYWHERE.includes(other));
    rooms.set(room, new Set([...(rooms.get(room) ?? []), ...others]));
  }
  return rooms;
}

function leadsTo(rooms, from, to) {
  return from === to || [...rooms.get(from)].some((next) => leadsTo(rooms, next, to));
}

/** Arrows that no other way says. */
const needed = (rooms, from) =>
  [...rooms.get(from)].filter((to) => ![...rooms.get(from)].some((other) => other !== to && leadsTo(rooms, other, to)));

const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const rooms = roomsOf(files);
const lines = [...rooms.keys()].sort().flatMap((from) =>
  needed(rooms, from)
    .sort()
    .map((to) => `  ${from} --> ${to}`),
);
process.stdout.write(["```mermaid", "flowchart LR", ...lines, "```", ""].join("\n"));
