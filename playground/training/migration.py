"""Projects in the words of older formats, put into today's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Config = dict[str, Any]


def migrated(project: Any, version: int) -> Any:
    """Return the description of a project of an older format as today's would be.

    What is not as that format wrote it stays as it is, for ``from_config`` to refuse.
    """
    source = _config(project).get("source")
    if version < 3 and isinstance(source, dict):
        rewrite = _BEFORE_3.get(str(source.get("class_name")))
        if rewrite is not None:
            rewrite(_config(source))
    return project


def _config(described: Any) -> Config:
    config = described.get("config") if isinstance(described, dict) else None
    return config if isinstance(config, dict) else {}


def _csv_file(config: Config) -> None:
    """Rename settings: there was one target, and numbers were standardized or not."""
    if "target" in config:
        target = config.pop("target")
        config["targets"] = [target] if target != "" else []
    for old, new in (("standardize", "scaling"), ("standardize_target", "target_scaling")):
        if old in config:
            value = config.pop(old)
            words = "standard" if value is True else "none"
            config[new] = words if isinstance(value, bool) else value


_BEFORE_3: dict[str, Callable[[Config], None]] = {"CsvFile": _csv_file}
"""By the name of a source: what rewrites its settings in place."""
