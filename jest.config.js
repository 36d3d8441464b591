/** Tests run on the TypeScript sources; child processes run from dist, which the test scripts build first. */

// As the server runs: src/config/in-production.ts.
process.env.NODE_ENV = "production";

module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2022",
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
        },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
  // What is imported when it is needed has the name that it has once compiled.
  moduleNameMapper: {
    "^(\\./(?:(?:assembly|graphql|http)/.+|milvus-[a-z]+|media-bucket))\\.js$": "$1",
    "^(\\.\\./(?:chat|encoders/remote|images/fetch|ledger|onnx|rerankers/remote|samples)/.+)\\.js$": "$1",
  },
  testTimeout: 120_000,
  // More than two cores have work for: many tests wait for a process, a kill or a clock.
  maxWorkers: 4,
  testSequencer: "<rootDir>/test/longest-first.js",
};
