const { default: Sequencer } = require("@jest/test-sequencer");

/** Files that mostly wait, for a server, a kill or a browser: begun first, so that the others run beside them and none is left over at the end. */
const FIRST = [
  "contract/milvus-server",
  "e2e/kill",
  "e2e/cli-export",
  "browser/page",
  "e2e/encoders",
  "browser/search",
  "e2e/cli-import",
  "e2e/remote-encoder",
  "e2e/demo",
  "e2e/whole-schema",
  "e2e/crashes",
];

/** The order in which Jest starts test files: those that take longest first, then its own. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const at = FIRST.findIndex((name) => path.endsWith(`test/${name}.test.ts`));
      return at < 0 ? FIRST.length : at;
    };
    return super.sort(tests).toSorted((a, b) => place(a) - place(b));
  }
};
