/** What a tour through stored things has to tell. */
export interface TourReport {
  /** What a seeker would complain of; empty: nothing. */
  readonly complaints: readonly string[];
  /** Where one of the found pictures can be seen. */
  readonly pictureUrl: string | null;
}
