/**
 * Builds the browser part into the Python package: one classic script per page or block, its style sheet, and the list
 * of texts that each script shows (messages.json), so that a page gets the translations of its own script only.
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
const SCRIPTS = ["team_session", "anonymous_wall", "leader", "kept", "join", "screen", "drive", "tablet", "summary", "insights", "studio", "preview"];
const STYLES = ["block", "leading", "kept", "join", "screen", "drive", "tablet", "summary", "insights", "studio", "preview"];

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

/** How esbuild writes a text in a script that is not minified. */
const TEXT = String.raw`("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|` + "`(?:[^`\\\\$]|\\\\.)*`)";
/** A call that survived the bundling; esbuild numbers a name that two modules define. */
const CALL = new RegExp(String.raw`\bn?gettext\d*\(\s*${TEXT}`, "g");

/** @returns {Promise<string[]>} the English texts that a script can show, without those that fell out of its bundle */
async function textsOf(entry, extra) {
  const bundled = Buffer.from(await bundle(entry, { ...extra, minify: false })).toString();
  const literals = [...bundled.matchAll(CALL)].map(([, literal]) => literal);
  // Our own literals, evaluated as the browser will.
  const texts = literals.map((literal) => new Function(`return ${literal}`)());
  return [...new Set(texts)].sort((one, other) => (one < other ? -1 : 1));
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
const messages = {};

for (const { entry, output, options } of jobs) {
  if (!existsSync(entry)) {
    wrong.push(`${output}: no source ${path.relative(HERE, entry)}`);
    continue;
  }
  deliver(output, Buffer.from(await bundle(entry, options)));
  if (options.format) messages[path.basename(entry, ".js")] = await textsOf(entry, options);
}
deliver("messages.json", Buffer.from(`${JSON.stringify(messages, null, 1)}\n`));

/** Writes a file, or says that it is not what stands there. */
function deliver(output, contents) {
  const file = path.join(TARGET, output);
  if (check) {
    if (!existsSync(file) || !readFileSync(file).equals(contents)) wrong.push(output);
    return;
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
