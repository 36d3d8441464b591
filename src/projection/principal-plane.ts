import { setImmediate as nextTurn } from "node:timers/promises";
import type { Vector } from "../documents/document";
import type { Project } from "../search/modality-gap/projection";
import { dot, meanOf } from "../documents/vector";
import { orthonormal } from "./orthonormal";

/** More directions than are wanted, so that the two that are come out exact. */
const DIRECTIONS = 10;
const PASSES = 8;
/** Vectors between two turns of others: some milliseconds. */
const SLICE = 128;

/**
 * The first two principal components. PCA of a thousand dimensions would block for seconds, so it is done in the few
 * directions that hold the greatest variance, which passes over the vectors find (randomised subspace iteration; Halko,
 * Martinsson and Tropp 2011, arXiv 0909.4061, begun with vectors in place of chance).
 */
export const principalPlane: Project = async (vectors) => {
  const mean = meanOf(vectors);
  const centred = vectors.map((vector) => vector.map((value, i) => value - mean[i]!));
  const directions = await mainDirections(centred);
  if (directions.length === 0) return { places: vectors.map(() => ({ x: 0, y: 0 })), explained: [0, 0] };
  const within = centred.map((vector) => directions.map((direction) => dot(vector, direction)));
  // Loaded with the first projection, since no start needs it.
  const { PCA } = await import("ml-pca");
  const scores = new PCA(within, { center: false }).predict(within);
  const places = within.map((_, i) => ({ x: scores.get(i, 0), y: scores.columns > 1 ? scores.get(i, 1) : 0 }));
  const total = centred.reduce((sum, vector) => sum + dot(vector, vector), 0);
  const share = (axis: "x" | "y") => places.reduce((sum, place) => sum + place[axis] ** 2, 0) / total;
  return { places, explained: [share("x"), share("y")] };
};

/** Orthonormal; fewer where the vectors do not differ in so many ways. */
async function mainDirections(centred: readonly Vector[]): Promise<Vector[]> {
  const count = Math.min(DIRECTIONS, centred.length);
  const first = Array.from({ length: count }, (_, i) => centred[Math.floor((i * centred.length) / count)]!);
  let directions = orthonormal(first);
  for (let pass = 0; pass < PASSES; pass++) directions = orthonormal(await timesScatter(centred, directions));
  return directions;
}

/** The directions times the vectors' scatter matrix. */
async function timesScatter(centred: readonly Vector[], directions: readonly Vector[]): Promise<Vector[]> {
  const products = directions.map((direction) => new Float32Array(direction.length));
  for (let at = 0; at < centred.length; at += SLICE) {
    for (const vector of centred.slice(at, at + SLICE)) {
      directions.forEach((direction, i) => addTimes(products[i]!, vector, dot(vector, direction)));
    }
    await nextTurn();
  }
  return products;
}

function addTimes(sum: Vector, vector: Vector, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += factor * vector[i]!;
}
