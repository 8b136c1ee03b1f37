"""What JupyterLab leaves out when it saves a working copy.

Its renderer of plotly's figures adds a picture to each that it has drawn. Saved, that would be shown
in place of the figure when the notebook is opened again, and be most of the file.
"""

PLOTLY = "application/vnd.plotly.v1+json"


def without_pictures(model, **_):
    if model["type"] != "notebook":
        return
    for cell in model["content"].get("cells", []):
        for output in cell.get("outputs", []):
            if PLOTLY in output.get("data", {}):
                output["data"].pop("image/png", None)
