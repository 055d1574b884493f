import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { richText, safeAddress } from "../src/lib/rich_text.js";
import { openPage } from "./support/page.js";

let page;
beforeEach(() => {
  page = openPage();
});

/** What the text becomes on the page. */
function shown(html) {
  page.root.replaceChildren(richText(html));
  return page.root.innerHTML;
}

test("what is on the list comes through as it is", () => {
  const html = "<h3>First</h3><p>One <strong>two</strong> <em>three</em> <b>b</b> <i>i</i><br>four</p>"
    + "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul><blockquote>said</blockquote><h4>Last</h4>";
  assert.equal(shown(html), html.replace("<b>b</b> <i>i</i>", "<strong>b</strong> <em>i</em>"));
});

test("plain text: an empty line separates paragraphs, and the server's entities are read", () => {
  assert.equal(shown("One &amp; two\nstill one.\n\n  \nThree &lt; four."), "<p>One &amp; two still one.</p><p>Three &lt; four.</p>");
  assert.equal(shown("a < b and c > d"), "<p>a &lt; b and c &gt; d</p>");
});

for (const nothing of [null, undefined, "", "  \n\n ", "<p> </p>", "<script>alert(1)</script>"]) {
  test(`no word, no element: ${JSON.stringify(nothing)}`, () => assert.equal(shown(nothing), ""));
}

test("nothing that could run, load or take the page over", () => {
  const made = shown(`<p onclick="x()" style="position:fixed" class="psy-button" id="top">Words</p>
    <img src=x onerror="x()"><svg onload="x()"><script>x()</script></svg><iframe src="https://evil.test"></iframe>
    <form action="https://evil.test"><input name="q"><button>Send</button></form><style>body{display:none}</style>
    <math><mi xlink:href="javascript:x()">m</mi></math><template><p>hidden</p></template><object data="x"></object>`);
  assert.equal(made.replace(/\s+/g, " ").trim(), "<p>Words</p><p>Send </p>");
});

test("only addresses that a person may open become links, and they tell the other site nothing", () => {
  for (const address of ["javascript:alert(1)", " jAvA\tscript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.test", "/here", ""]) {
    assert.equal(safeAddress(address), "", address);
    assert.equal(shown(`<p><a href="${address}">words</a></p>`), "<p>words</p>", address);
  }
  assert.equal(shown('<p><a href="https://ok.test/?a=1&amp;b=2" target="_self" rel="opener" onclick="x()">ok</a></p>'),
    '<p><a href="https://ok.test/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">ok</a></p>');
  assert.equal(safeAddress("mailto:a@b.test"), "mailto:a@b.test");
});

test("tables leave their words, apart from each other", () => {
  const made = shown("<table><tr><td>one</td><td>two <table><tr><td>three</td></tr></table></td></tr></table>");
  assert.equal(page.root.textContent.replace(/\s+/g, " ").trim(), "one two three");
  assert.doesNotMatch(made, /<t[adr]/);
});

test("every word stands in a block, and a block of words holds no other", () => {
  assert.equal(shown("loose <b>words</b><ul><li>in a list</li></ul>after"),
    "<p>loose <strong>words</strong></p><ul><li>in a list</li></ul><p>after</p>");
  assert.equal(shown("<div><h1>Big</h1><div>Small</div></div>"), "<h3>Big</h3><p>Small</p>");
  assert.equal(shown("<li>alone</li>"), "<p>alone</p>");
  assert.doesNotMatch(shown('<a href="https://a.test">one <a href="https://b.test">two</a></a>'), /<a[^>]*>[^/]*<a/);
});

test("markup a thousand levels deep, or broken off", () => {
  assert.match(shown(`${"<blockquote>".repeat(1000)}deep`), /deep/);
  assert.equal(shown("<p>open <strong>still"), "<p>open <strong>still</strong></p>");
  assert.equal(shown("<constructor>x</constructor>y"), "<p>x y</p>");
});
