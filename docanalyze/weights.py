"""Find a trained model by its manifest and check it by its SHA-256, before anything is loaded.

A model is a folder `models/<name>/` with `manifest.toml` (data, metric, licence, a `[files]` table of
file name -> sha256) and weights as plain arrays: loading one never runs code. In a checkout the
folder stands beside the package, in a wheel inside it.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from docanalyze.core.errors import DocanalyzeError, Language

_PACKAGE = Path(__file__).parent


class DamagedModel(DocanalyzeError):
    """A shipped model whose files are missing or are not those of its manifest."""

    messages: ClassVar[dict[Language, str]] = {
        "en": "the model {name} is damaged ({reason}); install docanalyze again.",
        "vi": "mô hình {name} bị hỏng ({reason}); hãy cài lại docanalyze.",
    }


def find_models(root: Path | None = None) -> dict[str, Path]:
    """Return the folder of each model by name; `root` is where to look instead of the shipped ones."""
    roots = (root,) if root is not None else (_PACKAGE / "models", _PACKAGE.parent / "models")
    for folder in roots:
        if folder.is_dir():
            return {path.parent.name: path.parent for path in sorted(folder.glob("*/manifest.toml"))}
    return {}


def verify_model(folder: Path) -> dict[str, Any]:
    """Return the manifest of the model in `folder` after checking every file's SHA-256.

    Raises DamagedModel if a file is missing or changed.
    """
    try:
        manifest = tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))
        for name, expected in manifest.get("files", {}).items():
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            if found != expected:
                raise DamagedModel(name=folder.name, reason=f"{name} is not the file of the manifest")
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DamagedModel(name=folder.name, reason=str(error)) from error
    return manifest


@lru_cache(maxsize=1)
def digest_models() -> str | None:
    """Return a hash over the manifests of all shipped models, None if there are none."""
    models = find_models()
    if not models:
        return None
    digest = hashlib.sha256()
    for name, folder in models.items():
        digest.update(name.encode() + b"\0" + (folder / "manifest.toml").read_bytes())
    return digest.hexdigest()[:16]
