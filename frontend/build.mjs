/**
 * Builds the browser part into the Python package: one classic script per page or block, and its style sheet.
 *   node frontend/build.mjs           writes the files
 *   node frontend/build.mjs --check   writes nothing; fails and names the files that are not what the sources give
 */

import { build } from "esbuild";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const SOURCE = path.join(HERE, "src");
const TARGET = path.join(HERE, "..", "psychsafety_xblock", "static", "psychsafety_xblock");
const SCRIPTS = ["team_session", "anonymous_wall", "leader", "join", "screen", "drive", "tablet", "summary"];
const STYLES = ["block", "join", "screen", "drive", "tablet", "summary"];

const OPTIONS = {
  bundle: true,
  write: false,
  minify: true,
  sourcemap: false,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

/** @returns {Promise<Uint8Array>} the built file */
async function bundle(entry, extra) {
  const result = await build({ ...OPTIONS, ...extra, entryPoints: [entry] });
  return result.outputFiles[0].contents;
}

const jobs = [
  ...SCRIPTS.map((name) => ({
    entry: path.join(SOURCE, `${name}.js`),
    output: path.join("js", `${name}.js`),
    options: { format: "iife", target: "es2020" },
  })),
  ...STYLES.map((name) => ({
    entry: path.join(SOURCE, "css", `${name}.css`),
    output: path.join("css", `${name}.css`),
    options: { target: ["chrome100", "firefox100", "safari15"] },
  })),
];

const check = process.argv.includes("--check");
const wrong = [];

for (const { entry, output, options } of jobs) {
  const file = path.join(TARGET, output);
  if (!existsSync(entry)) {
    wrong.push(`${output}: no source ${path.relative(HERE, entry)}`);
    continue;
  }
  const contents = Buffer.from(await bundle(entry, options));
  if (check) {
    if (!existsSync(file) || !readFileSync(file).equals(contents)) wrong.push(output);
    continue;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, contents);
  console.log(`${output}  ${contents.length} bytes, ${gzipSync(contents).length} gzipped`);
}

if (wrong.length > 0) {
  const say = check ? "Stale or missing, run `npm run build`:" : "Left out:";
  console.error([say, ...wrong].join("\n  "));
  if (check) process.exitCode = 1;
}
