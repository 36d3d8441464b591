import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder } from "./folders.mjs";

const LOCK_FILE = `${cacheFolder}/setup.lock`;
const HEARTBEAT_MS = 15_000;

/**
 * Runs `work` unless `isDone()`, and says so. One process at a time: two npm commands started together must not
 * install into the same folder.
 */
export async function step(title, isDone, work) {
  if (isDone()) return;
  await lock();
  try {
    // Whoever held the lock may have done it.
    if (!isDone()) await timed(title, work);
  } finally {
    rmSync(LOCK_FILE, { force: true });
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

async function lock() {
  mkdirSync(cacheFolder, { recursive: true });
  for (let waited = false; !tryLock(); waited = true) {
    if (!waited) console.error(`setup: waiting for another set-up (if there is none, delete ${LOCK_FILE}) …`);
    await sleep(500);
  }
}

function tryLock() {
  // A link appears at once and whole, so nobody ever reads a lock without an owner.
  const ownFile = `${LOCK_FILE}.${process.pid}`;
  writeFileSync(ownFile, String(process.pid));
  try {
    linkSync(ownFile, LOCK_FILE);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!isAlive(lockOwner())) rmSync(LOCK_FILE, { force: true });
    return false;
  } finally {
    rmSync(ownFile);
  }
}

/** The process that holds the lock; undefined when it has just let go. */
function lockOwner() {
  try {
    return Number(readFileSync(LOCK_FILE, "utf8"));
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
