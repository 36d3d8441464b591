/** How a user calls the command line, in a clone as well as where the package is installed. */
export const PROGRAM = "npx parallax-search";
