// Prints the parser cases in papaparse's own test file as JSON: node papaparse_cases.js FOLDER
"use strict";

const fs = require("fs");
const path = require("path");
const vm = require("vm");

const folder = path.resolve(process.argv[2]);
const nothing = () => {};
const describe = Object.assign(nothing, { skip: nothing, only: nothing });
const modules = { chai: { assert: {} }, "../papaparse.js": require(path.join(folder, "papaparse.js")) };
const world = vm.createContext({
  describe,
  it: nothing,
  module: { exports: {} },
  require: (name) => modules[name] ?? require(name),
});
const source = fs.readFileSync(path.join(folder, "tests", "test-cases.js"), "utf8");
vm.runInContext(`${source}; this.cases = { core: CORE_PARSER_TESTS, parse: PARSE_TESTS };`, world);
const asText = (_key, value) => (typeof value === "function" ? String(value) : value);
console.log(JSON.stringify(world.cases, asText));
