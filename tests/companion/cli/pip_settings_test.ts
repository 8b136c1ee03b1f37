import assert from "node:assert/strict";
import { uvVariables } from "../../../lib/companion/python/pip_settings.ts";

Deno.test("uv is told where pip's packages come from, and nothing of how pip runs", () => {
  assert.deepEqual(uvVariables(""), { UV_INDEX_STRATEGY: "unsafe-best-match" });
  const { UV_INDEX_STRATEGY: _, ...variables } = uvVariables([
    ":env:.find-links='/wheels'",
    ":env:.disable-pip-version-check='1'",
    "global.cert='/etc/ssl/all.crt'",
    ":env:.extra-index-url='file:///one/simple file:///two/simple'",
    "global.find-links='/others\\n/more'",
    "global.timeout='60'",
    "install.extra-index-url='file:///three/simple'",
    'install.index-url="https://name:p%27w@own.example/it\'s"',
    "download.index-url='https://not.for/installing'",
  ].join("\n"));
  assert.deepEqual(variables, {
    SSL_CERT_FILE: "/etc/ssl/all.crt",
    UV_INDEX: "file:///one/simple file:///two/simple",
    UV_FIND_LINKS: "/wheels",
    UV_DEFAULT_INDEX: "https://name:p%27w@own.example/it's",
  });
});

Deno.test("several folders of packages are a list of uv's", () => {
  const { UV_FIND_LINKS } = uvVariables("global.find-links='/a\\n/b'");
  assert.equal(UV_FIND_LINKS, "/a,/b");
});
