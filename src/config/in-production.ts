/** Libraries look at it while they are loaded: graphql-js then leaves out what looks each value's class up twice. */
process.env["NODE_ENV"] ??= "production";
