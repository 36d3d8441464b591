/** The colours that sample drawings come in, as red, green and blue. */
export const COLOURS = {
  red: [225, 35, 35],
  blue: [40, 85, 225],
  green: [45, 165, 60],
  yellow: [250, 215, 40],
  orange: [250, 140, 25],
  purple: [140, 50, 190],
  pink: [250, 130, 190],
  brown: [125, 75, 35],
  black: [30, 30, 32],
  white: [245, 245, 245],
  gray: [135, 138, 142],
} as const satisfies Record<string, readonly [red: number, green: number, blue: number]>;

export type Colour = keyof typeof COLOURS;
