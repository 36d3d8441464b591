/** Reciprocal rank fusion's constant (Cormack, Clarke and Büttcher, SIGIR 2009). */
const RRF_K = 60;

/** What a place in a list is worth when lists are fused; the first place is 1. */
export const reciprocalRank = (place: number): number => 1 / (RRF_K + place);
