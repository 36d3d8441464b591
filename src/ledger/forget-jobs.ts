import type { Statement } from "./database";

/** Deletes the jobs that a condition holds for, with their items; the last result tells how many jobs that were. */
export const forgetJobs = (which: string, args: (string | number | null)[]): Statement[] => [
  { sql: `DELETE FROM items WHERE job_id IN (SELECT id FROM jobs WHERE ${which})`, args },
  { sql: `DELETE FROM jobs WHERE ${which}`, args },
];
