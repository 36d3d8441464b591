/** Readable on white and on black, and apart from each other for the colour-blind. */
export const COLOURS = { text: "#2f81f7", image: "#d97706", across: "#db2777" } as const;
