/** A change as a signed percentage: 0.1 is "+10.0 %". */
export const perCent = (change: number): string => `${change < 0 ? "-" : "+"}${Math.abs(100 * change).toFixed(1)} %`;
