/** How texts and pictures get into one list. */
export type Ranking = "calibrated" | "rrf" | "interleaved" | "cosine";
