/** Numbers as the page writes them: "1,234". */
export const number = new Intl.NumberFormat("en");

/** "1 hit", "1,234 hits". */
export const counted = (n: number, one: string, many: string): string => `${number.format(n)} ${n === 1 ? one : many}`;
