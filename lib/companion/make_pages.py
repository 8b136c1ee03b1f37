"""Writes a page for each executed notebook.

    python make_pages.py TEMPLATES OUTPUT < pages.json

TEMPLATES is the folder that holds page_template; pages.json is a list of { name, title, path }.
"""

import json
import os
import re
import sys

import nbformat
from nbconvert import HTMLExporter

templates, output = sys.argv[1:]
pages = json.load(sys.stdin)
names = {page["name"] for page in pages}


def to_page(link):
    """A link from one notebook to another, as one from page to page."""
    name, anchor = link[1], link[2] or ""
    return f'href="{name}.html{anchor}"' if name in names else link[0]


exporter = HTMLExporter(template_name="page_template", extra_template_basedirs=[templates])
for page in pages:
    notebook = nbformat.read(page["path"], as_version=4)
    notebook.metadata["title"] = page["title"]
    resources = {"metadata": {"name": page["name"]}, "pages": pages}
    html, _ = exporter.from_notebook_node(notebook, resources=resources)
    html = re.sub(r'href="(?:\./)?([\w-]+)\.ipynb(#[^"]*)?"', to_page, html)
    path = os.path.join(output, page["name"] + ".html")
    aside = f"{path}.{os.getpid()}.partial"
    with open(aside, "w", encoding="utf-8") as file:
        file.write(html)
    os.replace(aside, path)
