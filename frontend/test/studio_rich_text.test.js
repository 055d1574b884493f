import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { inParagraphs as fromText, richText as fromHtml, safeAddress } from "../src/lib/rich_text.js";
import { toHtml } from "../src/studio/clean.js";
import { openPage } from "./support/page.js";

beforeEach(() => openPage());

const through = (html) => {
  const host = document.createElement("div");
  host.append(fromHtml(html));
  return toHtml(host);
};

for (const [name, html, expected] of [
  ["what the toolbar makes", "<p>a <b>b</b> <i>c</i></p><ul><li>d</li></ul>", "<p>a <strong>b</strong> <em>c</em></p><ul><li>d</li></ul>"],
  ["a link loses all but its address", '<p><a href="https://a.b/?c=1&amp;d" onclick="x()" style="x" target="_blank">e</a></p>', '<p><a href="https://a.b/?c=1&amp;d">e</a></p>'],
  ["an address that runs something", '<p><a href="javascript:alert(1)">x</a><a href=" JaVaScRiPt:alert(1)">y</a></p>', "<p>xy</p>"],
  ["scripts, styles and frames go with their content", "<p>a</p><script>alert(1)</script><style>p{}</style><iframe src=x></iframe><svg><a>b</a></svg>", "<p>a</p>"],
  ["what runs on its own", '<p>a<img src=x onerror="alert(1)"></p><video src=x></video>', "<p>a</p>"],
  ["unknown elements leave their words", "<section><p>a <span style=x>b</span></p><table><tr><td>c</td></tr></table></section>", "<p>a b</p><p>c</p>"],
  ["loose words get a paragraph", "a <b>b</b><p>c</p>d", "<p>a <strong>b</strong></p><p>c</p><p>d</p>"],
  ["paragraphs of a browser", "<div>a</div><div><br></div><div>b</div>", "<p>a</p><p>b</p>"],
  ["nothing", "<p><br></p>", ""],
  ["nothing at all", "", ""],
  ["plain text in paragraphs", "one\ntwo\n\nthree &lt;b&gt; &amp; four", "<p>one two</p><p>three &lt;b&gt; &amp; four</p>"],
  ["entities stay text", "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;</p>"],
  ["large headings become small ones", "<h1>a</h1><h4>b</h4><h6>c</h6>", "<h3>a</h3><h4>b</h4><h4>c</h4>"],
  ["an item without a list", "<li>a</li>", "<p>a</p>"],
]) {
  test(`rich text: ${name}`, () => assert.equal(through(html), expected));
}

test("cleaning twice changes nothing", () => {
  for (const html of ["a<div>b<p>c</p></div><ul><li><p>d</p><ul><li>e</li></ul></li></ul>", "<blockquote>x<p>y</p></blockquote>", "<p>a<ul><li>b</ul>"]) {
    const once = through(html);
    assert.equal(through(once), once);
  }
});

test("very deep nesting ends somewhere, and keeps the words", () => {
  assert.match(through(`${"<blockquote>".repeat(3000)}x`), /x/);
});

test("only addresses that can be opened safely", () => {
  for (const good of ["https://a.b", "http://a.b/c", "mailto:a@b.c"]) assert.equal(safeAddress(good), good);
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "/a", "a.b", "", null, "vbscript:x"]) assert.equal(safeAddress(bad), "");
});

test("an introduction of the library becomes paragraphs", () => {
  assert.equal(toHtml(fromText("One\nline.\n\nTwo & <b>.\n")), "<p>One line.</p><p>Two &amp; &lt;b&gt;.</p>");
});
