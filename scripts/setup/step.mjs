import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder } from "./folders.mjs";

const HEARTBEAT_MS = 15_000;

/**
 * Runs `work` unless `isDone()`, and says so. The step of a title is had by one process at a time: two npm commands started
 * together must not install into the same folder. The lock is in `lockFolder`.
 */
export async function step(title, isDone, work, lockFolder = cacheFolder) {
  if (isDone()) return;
  const lockFile = join(lockFolder, `${title.replaceAll(/\W+/g, "-")}.lock`);
  mkdirSync(lockFolder, { recursive: true });
  await lock(lockFile);
  try {
    // Whoever held the lock may have done it.
    if (!isDone()) await timed(title, work);
  } finally {
    rmSync(lockFile, { force: true });
  }
}

async function timed(title, work) {
  const startedMs = Date.now();
  const seconds = () => Math.round((Date.now() - startedMs) / 1000);
  console.error(`setup: ${title} …`);
  const heartbeat = setInterval(() => console.error(`setup: … ${seconds()} s`), HEARTBEAT_MS);
  try {
    await work();
    console.error(`setup: ${title}: done in ${seconds()} s`);
  } finally {
    clearInterval(heartbeat);
  }
}

async function lock(file) {
  for (let waited = false; !tryLock(file); waited = true) {
    if (!waited) console.error(`setup: waiting for another set-up (if there is none, delete ${file}) …`);
    await sleep(500);
  }
}

function tryLock(file) {
  // A link appears at once and whole, so nobody ever reads a lock without an owner.
  const ownFile = `${file}.${process.pid}`;
  writeFileSync(ownFile, String(process.pid));
  try {
    linkSync(ownFile, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!isAlive(ownerOf(file))) rmSync(file, { force: true });
    return false;
  } finally {
    rmSync(ownFile);
  }
}

/** The process that holds the lock; undefined when it has just let go. */
function ownerOf(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
